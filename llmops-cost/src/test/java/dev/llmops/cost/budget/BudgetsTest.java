package dev.llmops.cost.budget;

import static dev.llmops.cost.budget.BudgetDimension.FEATURE;
import static dev.llmops.cost.budget.BudgetDimension.MODEL;
import static dev.llmops.cost.budget.BudgetDimension.TENANT;
import static dev.llmops.cost.budget.BudgetDimension.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.testing.FakeTicker;
import dev.llmops.cost.budget.BudgetDecision.Granted;
import dev.llmops.cost.budget.BudgetDecision.Refused;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BudgetsTest {

    private static final BudgetWindow DAY = BudgetWindow.daily(ZoneOffset.UTC);

    private final FakeTicker ticker = new FakeTicker();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void a_refusal_names_budget_scope_limit_spent_held_and_window_end() {
        Budgets budgets = budgets(hard("user-day", BudgetScope.each(USER), "5"));
        granted(budgets, user("u1"), "2").settle(new BigDecimal("1.5"));
        granted(budgets, user("u1"), "3");

        BudgetDecision.Refusal refusal = refused(budgets, user("u1"), "0.75");

        assertThat(refusal.reason()).isEqualTo(BudgetDecision.Refusal.Reason.LIMIT_REACHED);
        assertThat(refusal.message())
                .isEqualTo("budget 'user-day' (user) has no room for 0.75 USD: limit 5, spent 1.5, held 3,"
                        + " window ends " + DAY.at(ticker.clock().instant()).end());
    }

    @Test
    void a_refusal_says_nothing_of_who_asked_in_a_text_that_is_logged() {
        Budgets budgets = budgets(hard("feature-day", BudgetScope.each(FEATURE).andEach(USER), "5"));

        BudgetSubject ann = subject().user("ann, tenant=acme").feature("chat").build();

        assertThat(refused(budgets, ann, "6").message())
                .startsWith("budget 'feature-day' (user, ")
                .contains("feature) has no room for 6 USD")
                .doesNotContain("ann", "acme", "chat");
    }

    @Test
    void every_user_has_a_budget_of_their_own() {
        Budgets budgets = budgets(hard("user-day", BudgetScope.each(USER), "5"));
        granted(budgets, user("u1"), "5");

        granted(budgets, user("u2"), "5");
        refused(budgets, user("u1"), "0.01");
    }

    @Test
    void calls_that_name_no_user_share_one_budget() {
        Budgets budgets = budgets(hard("user-day", BudgetScope.each(USER), "5"));
        granted(budgets, subject().build(), "5");

        assertThat(refused(budgets, subject().build(), "0.01").budget().scope()).isEqualTo("user=null");
    }

    @Test
    void a_fixed_scope_leaves_other_calls_alone() {
        Budgets budgets = budgets(hard("acme", BudgetScope.of(TENANT, "acme"), "1"));

        refused(budgets, subject().tenant("acme").build(), "2");
        granted(budgets, subject().tenant("other").build(), "2");
    }

    @Test
    void scopes_combine() {
        Budgets budgets = budgets(hard(
                "chat-on-large",
                BudgetScope.of(FEATURE, "chat").and(MODEL, "large").andEach(USER),
                "1"));
        BudgetSubject matching =
                subject().feature("chat").model("large").user("u1").build();

        assertThat(refused(budgets, matching, "2").budget().scope()).isEqualTo("user=u1, feature=chat, model=large");
        granted(budgets, matching.withModel("small"), "2");
    }

    @Test
    void nested_budgets_are_taken_together_or_not_at_all() {
        Budgets budgets = budgets(
                hard("user", BudgetScope.each(USER), "5"),
                hard("tenant", BudgetScope.each(TENANT), "8"),
                hard("all", BudgetScope.global(), "10"));
        granted(budgets, subject().tenant("acme").user("u1").build(), "5");

        BudgetSubject second = subject().tenant("acme").user("u2").build();
        assertThat(refused(budgets, second, "4").budget().budget()).isEqualTo("tenant");

        assertThat(budgets.status(second))
                .extracting(BudgetStatus::held)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(BigDecimal.ZERO, new BigDecimal("5"), new BigDecimal("5"));
    }

    @Test
    void a_new_window_starts_at_zero() {
        Budgets budgets = budgets(hard("day", BudgetScope.global(), "5"));
        granted(budgets, user("u1"), "5").settle(new BigDecimal("5"));
        refused(budgets, user("u1"), "1");

        ticker.advance(Duration.ofDays(1));

        granted(budgets, user("u1"), "5");
    }

    @Test
    void a_call_across_midnight_counts_in_the_window_of_its_hold() {
        Budgets budgets = budgets(hard("day", BudgetScope.global(), "5"));
        BudgetHold hold = granted(budgets, user("u1"), "5");
        ticker.advance(Duration.between(
                        ticker.clock().instant(),
                        DAY.at(ticker.clock().instant()).end())
                .plusSeconds(1));

        hold.settle(new BigDecimal("5"));

        assertThat(budgets.status(user("u1")).get(0).spent()).isEqualByComparingTo("0");
    }

    @Test
    void a_rolling_budget_has_room_again_after_its_length() {
        Budgets budgets = budgets(Budget.named("hour")
                .window(BudgetWindow.rolling(Duration.ofHours(1)))
                .hardLimit(new BigDecimal("5"))
                .build());
        granted(budgets, user("u1"), "5").settle(new BigDecimal("5"));

        ticker.advance(Duration.ofMinutes(59));
        refused(budgets, user("u1"), "5");
        ticker.advance(Duration.ofMinutes(2));
        granted(budgets, user("u1"), "5");
    }

    @Test
    void a_hold_expires_and_a_late_settlement_still_counts() {
        Budgets budgets = budgets(hard("day", BudgetScope.global(), "5"));
        BudgetHold hold = granted(budgets, user("u1"), "5");
        assertThat(hold.expiresAt())
                .isEqualTo(ticker.clock().instant().plus(Duration.ofMinutes(Budgets.DEFAULT_HOLD_MINUTES)));
        ticker.advance(Duration.ofMinutes(Budgets.DEFAULT_HOLD_MINUTES));
        granted(budgets, user("u1"), "1");

        hold.settle(new BigDecimal("4.5"));

        assertThat(budgets.stats().settledLate()).isEqualTo(1);
        assertThat(budgets.status(user("u1")).get(0).remaining())
                .hasValueSatisfying(left -> assertThat(left).isEqualByComparingTo("-0.5"));
    }

    @Test
    void a_hold_is_settled_once_and_released_without_spend() {
        Budgets budgets = budgets(hard("day", BudgetScope.global(), "5"));
        BudgetHold hold = granted(budgets, user("u1"), "5");

        hold.release();
        hold.settle(new BigDecimal("5"));

        assertThat(budgets.stats().settledRepeatedly()).isEqualTo(1);
        assertThat(budgets.status(user("u1")).get(0).spent()).isEqualByComparingTo("0");
    }

    @Test
    void amounts_below_a_billionth_are_rounded_up() {
        Budgets budgets = budgets(hard("day", BudgetScope.global(), "0.000000003"));

        granted(budgets, user("u1"), "0.0000000011").settle(new BigDecimal("0.0000000011"));

        assertThat(budgets.status(user("u1")).get(0).spent()).isEqualByComparingTo("0.000000002");
    }

    @Test
    void a_soft_limit_warns_on_every_call_and_tells_the_listener_once() {
        List<BudgetDecision.Warning> told = new ArrayList<>();
        Budgets budgets = Budgets.builder("USD")
                .add(Budget.named("day")
                        .window(DAY)
                        .softLimit(new BigDecimal("4"))
                        .hardLimit(new BigDecimal("5"))
                        .build())
                .store(BudgetStore.inMemory())
                .clock(ticker.clock())
                .onWarning(told::add)
                .build();

        assertThat(decide(budgets, user("u1"), "4"))
                .matches(decision -> ((Granted) decision).warnings().isEmpty());
        for (int call = 0; call < 2; call++) {
            Granted granted = (Granted) decide(budgets, user("u1"), "0.25");
            assertThat(granted.warnings())
                    .extracting(BudgetDecision.Warning::limit)
                    .containsExactly(BudgetDecision.Warning.Limit.SOFT);
        }

        assertThat(budgets.stats().warnings()).isEqualTo(2);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).budget().held()).isEqualByComparingTo("4");
    }

    @Test
    void a_budget_that_only_warns_lets_calls_through() {
        Budgets budgets = budgets(Budget.named("watch")
                .window(DAY)
                .hardLimit(new BigDecimal("1"))
                .warnOnly()
                .build());

        Granted granted = (Granted) decide(budgets, user("u1"), "2");

        assertThat(granted.warnings())
                .extracting(BudgetDecision.Warning::limit)
                .containsExactly(BudgetDecision.Warning.Limit.HARD);
    }

    @Test
    void a_listener_that_fails_does_not_reach_the_caller() {
        Budgets budgets = Budgets.builder("USD")
                .add(Budget.named("watch")
                        .window(DAY)
                        .softLimit(new BigDecimal("1"))
                        .build())
                .store(BudgetStore.inMemory())
                .onWarning(warning -> {
                    throw new IllegalStateException("listener is broken");
                })
                .build();

        granted(budgets, user("u1"), "2");
    }

    @Test
    void a_downgrade_goes_through_with_what_it_proposed() {
        Budgets budgets =
                budgets(downgrading("5", (request, refusal) -> request.withModel("small", new BigDecimal("0.1"))));

        Granted granted = (Granted) decide(budgets, subject().model("large").build(), "6");

        assertThat(granted.downgraded()).isTrue();
        assertThat(granted.hold().request().subject().value(MODEL)).isEqualTo("small");
        assertThat(budgets.status(user("u1")).get(0).held()).isEqualByComparingTo("0.1");
        assertThat(budgets.stats().downgraded()).isEqualTo(1);
    }

    @Test
    void a_downgrade_that_finds_no_room_either_is_refused() {
        Budgets budgets = budgets(downgrading("5", (request, refusal) -> request));

        assertThat(refused(budgets, user("u1"), "6").budget().budget()).isEqualTo("downgrading");
    }

    @Test
    void a_downgrade_that_proposes_nothing_is_refused() {
        Budgets budgets = budgets(downgrading("5", (request, refusal) -> null));

        refused(budgets, user("u1"), "6");
    }

    @Test
    void a_downgrade_cannot_get_around_another_budget() {
        Budgets budgets = budgets(
                hard("strict", BudgetScope.global(), "0.05"),
                downgrading("5", (request, refusal) -> request.withModel("small", new BigDecimal("0.1"))));

        assertThat(refused(budgets, user("u1"), "6").budget().budget()).isEqualTo("strict");
    }

    @Test
    void a_call_that_no_budget_counts_is_granted() {
        Budgets budgets = budgets(hard("acme", BudgetScope.of(TENANT, "acme"), "0"));

        granted(budgets, user("u1"), "100").settle(new BigDecimal("100"));
    }

    @Test
    void a_call_id_that_was_settled_before_is_a_mistake() {
        Budgets budgets = budgets(hard("day", BudgetScope.global(), "5"));
        BudgetRequest request = new BudgetRequest("call", user("u1"), BigDecimal.ONE);
        ((Granted) budgets.hold(request)).hold().settle(BigDecimal.ONE);

        assertThatThrownBy(() -> budgets.hold(request))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("callId call was settled before — an id that no other call had — start a call for each");
    }

    @Test
    void an_estimate_below_zero_is_refused() {
        assertThatThrownBy(() -> new BudgetRequest("call", user("u1"), new BigDecimal("-0.01")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("estimate is -0.01 — in [0, 9007199]");
    }

    private Budgets budgets(Budget... all) {
        Budgets.Builder builder =
                Budgets.builder("USD").store(BudgetStore.inMemory()).clock(ticker.clock());
        for (Budget budget : all) {
            builder.add(budget);
        }
        return builder.build();
    }

    private static Budget hard(String name, BudgetScope scope, String limit) {
        return Budget.named(name)
                .scope(scope)
                .window(DAY)
                .hardLimit(new BigDecimal(limit))
                .build();
    }

    private static Budget downgrading(String limit, Budget.Downgrade downgrade) {
        return Budget.named("downgrading")
                .window(DAY)
                .hardLimit(new BigDecimal(limit))
                .downgradeWith(downgrade)
                .build();
    }

    private BudgetDecision decide(Budgets budgets, BudgetSubject subject, String estimate) {
        return budgets.hold(new BudgetRequest("call-" + calls.incrementAndGet(), subject, new BigDecimal(estimate)));
    }

    private BudgetHold granted(Budgets budgets, BudgetSubject subject, String estimate) {
        BudgetDecision decision = decide(budgets, subject, estimate);
        assertThat(decision).isInstanceOf(Granted.class);
        return ((Granted) decision).hold();
    }

    private BudgetDecision.Refusal refused(Budgets budgets, BudgetSubject subject, String estimate) {
        BudgetDecision decision = decide(budgets, subject, estimate);
        assertThat(decision).isInstanceOf(Refused.class);
        return ((Refused) decision).refusal();
    }

    private static BudgetSubject.Builder subject() {
        return BudgetSubject.builder();
    }

    private static BudgetSubject user(String user) {
        return subject().user(user).build();
    }
}
