package dev.llmops.cost.budget;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void every_problem_is_reported_at_once() {
        assertThatThrownBy(() -> Budget.named("a b")
                        .softLimit(new BigDecimal("6"))
                        .hardLimit(new BigDecimal("5"))
                        .warnOnly()
                        .downgradeWith((request, refusal) -> null)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("budget 'a b': ")
                .hasMessageContaining("name is 'a b' — a text that matches")
                .hasMessageContaining("softLimit is 6 — at most hardLimit 5")
                .hasMessageContaining("warnOnly and downgradeWith exclude each other — keep one")
                .hasMessageContaining(
                        "window is missing — any BudgetWindow — pass for example BudgetWindow.monthly(zone)");
    }

    @Test
    void a_limit_is_needed() {
        assertThatThrownBy(() -> Budget.named("b")
                        .window(BudgetWindow.daily(ZoneOffset.UTC))
                        .build())
                .hasMessage("budget 'b': softLimit and hardLimit are missing — one of both or both — set one");
    }

    @Test
    void a_limit_beyond_what_stores_count_exactly_is_refused() {
        assertThatThrownBy(() -> Budget.named("b")
                        .window(BudgetWindow.daily(ZoneOffset.UTC))
                        .hardLimit(new BigDecimal("9007199.01"))
                        .build())
                .hasMessage("budget 'b': hardLimit is 9007199.01 — in [0, 9007199] —"
                        + " take a shorter window or several budgets");
    }

    @Test
    void the_largest_limit_is_accepted() {
        assertThatCode(() -> Budget.named("b")
                        .window(BudgetWindow.daily(ZoneOffset.UTC))
                        .hardLimit(Budget.MAX_AMOUNT)
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void a_scope_names_a_dimension_once() {
        assertThatThrownBy(() -> BudgetScope.each(BudgetDimension.USER).and(BudgetDimension.USER, "u1"))
                .hasMessage("scope names USER twice — each dimension once — use two budgets instead");
    }

    @Test
    void a_set_of_budgets_reports_every_problem_at_once() {
        Budget budget = Budget.named("twice")
                .window(BudgetWindow.daily(ZoneOffset.UTC))
                .hardLimit(BigDecimal.ONE)
                .build();
        assertThatThrownBy(
                        () -> Budgets.builder("dollars").add(budget).add(budget).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("budgets: currency is 'dollars' — an ISO 4217 code such as USD;"
                        + " budget 'twice' is there twice — each name once — rename one of both;"
                        + " store is missing — any BudgetStore — pass for example BudgetStore.inMemory()");
    }
}
