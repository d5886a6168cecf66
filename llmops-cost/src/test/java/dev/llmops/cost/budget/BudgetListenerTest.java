package dev.llmops.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.cost.budget.BudgetDecision.Granted;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetListenerTest {

    private static final BudgetSubject SUBJECT =
            BudgetSubject.builder().user("u1").model("gpt-4o").build();

    private final FakeTicker ticker = new FakeTicker();
    private final Budgets budgets = Budgets.builder("USD")
            .add(Budget.named("user-day")
                    .scope(BudgetScope.each(BudgetDimension.USER))
                    .window(BudgetWindow.daily(ZoneOffset.UTC))
                    .hardLimit(new BigDecimal("5"))
                    .build())
            .store(BudgetStore.inMemory())
            .clock(ticker.clock())
            .build();

    private Cost cost = new Cost(CostState.EXACT, new BigDecimal("0.00178"), "USD", List.of(), null);
    private final LlmOps llmops = LlmOps.builder()
            .enricher(record -> record.toBuilder().cost(cost).build())
            .listener(budgets.listener())
            .ticker(ticker)
            .clock(ticker.clock())
            .build();

    @AfterEach
    void close() {
        llmops.close();
        budgets.close();
    }

    @Test
    void a_held_call_settles_at_its_cost_when_it_ends() {
        LlmCall call = start();
        hold(call);

        call.finish("stop");

        assertStatus("0.00178", "0");
    }

    @Test
    void a_cancelled_call_settles_at_its_cost_too() {
        LlmCall call = start();
        hold(call);

        call.cancel();

        assertStatus("0.00178", "0");
    }

    @Test
    void a_rejected_call_gives_its_room_back() {
        LlmCall call = start();
        hold(call);

        call.reject(CallError.of(ErrorKind.BUDGET_EXCEEDED));

        assertStatus("0", "0");
    }

    @Test
    void a_call_without_a_price_settles_at_its_estimate() {
        cost = Cost.unpriced("USD");
        LlmCall call = start();
        hold(call);

        call.finish("stop");

        assertStatus("0.01", "0");
    }

    @Test
    void a_cost_in_another_currency_settles_at_the_estimate() {
        cost = new Cost(CostState.EXACT, new BigDecimal("7"), "CNY", List.of(), null);
        LlmCall call = start();
        hold(call);

        call.finish("stop");

        assertStatus("0.01", "0");
    }

    @Test
    void a_call_without_a_hold_is_counted_all_the_same() {
        start().finish("stop");

        assertStatus("0.00178", "0");
        assertThat(budgets.stats().settledUnheld()).isEqualTo(1);
    }

    @Test
    void a_call_without_hold_and_price_is_counted_as_such() {
        cost = Cost.unpriced("USD");

        start().finish("stop");

        assertThat(budgets.stats().unpricedWithoutHold()).isEqualTo(1);
    }

    @Test
    void a_call_that_was_settled_by_hand_is_not_counted_twice() {
        LlmCall call = start();
        hold(call).settle(new BigDecimal("0.002"));

        call.finish("stop");

        assertStatus("0.002", "0");
    }

    private LlmCall start() {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o").user("u1").start();
    }

    private BudgetHold hold(LlmCall call) {
        return ((Granted) budgets.hold(call, new BigDecimal("0.01"))).hold();
    }

    private void assertStatus(String spent, String held) {
        BudgetStatus status = budgets.status(SUBJECT).get(0);
        assertThat(status.spent()).isEqualByComparingTo(spent);
        assertThat(status.held()).isEqualByComparingTo(held);
    }
}
