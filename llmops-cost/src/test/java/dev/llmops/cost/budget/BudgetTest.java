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
                .hasMessageContaining("name must match")
                .hasMessageContaining("softLimit must be at most hardLimit 5, but was 6")
                .hasMessageContaining("warnOnly and downgradeWith exclude each other; keep one")
                .hasMessageContaining("window must be set, such as BudgetWindow.monthly(zone)");
    }

    @Test
    void a_limit_is_needed() {
        assertThatThrownBy(() -> Budget.named("b")
                        .window(BudgetWindow.daily(ZoneOffset.UTC))
                        .build())
                .hasMessage("budget 'b': softLimit or hardLimit must be set");
    }

    @Test
    void a_limit_beyond_what_stores_count_exactly_is_refused() {
        assertThatThrownBy(() -> Budget.named("b")
                        .window(BudgetWindow.daily(ZoneOffset.UTC))
                        .hardLimit(new BigDecimal("9007199.01"))
                        .build())
                .hasMessage("budget 'b': hardLimit must be in [0, 9007199], but was 9007199.01;"
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
                .hasMessage("scope must name each dimension once, but names USER twice; use two budgets instead");
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
                .hasMessage("budgets: currency must be an ISO 4217 code such as USD, but was 'dollars';"
                        + " budget names must differ, but 'twice' comes twice;"
                        + " store must be set, such as BudgetStore.inMemory()");
    }
}
