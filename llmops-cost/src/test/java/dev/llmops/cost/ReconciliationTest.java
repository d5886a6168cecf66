package dev.llmops.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

    private static final LocalDate DAY = LocalDate.parse("2026-08-20");
    private static final String ITEM = "gpt-4o input_tokens";

    private final Reconciliation reconciliation = new Reconciliation("USD", new BigDecimal("0.01"));

    @Test
    void equal_and_nearly_equal_days_need_no_explanation() {
        computed("2026-08-20T10:00:00Z", "1.00", CostState.EXACT);
        computed("2026-08-22T10:00:00Z", "1.00", CostState.EXACT);
        reported(DAY, "1.00");
        reported(DAY.plusDays(2), "1.01");

        assertThat(reconciliation.rows())
                .extracting(Reconciliation.Row::verdict)
                .containsExactly(Reconciliation.Verdict.EQUAL, Reconciliation.Verdict.TOLERATED);
    }

    @Test
    void calls_around_midnight_shift_days() {
        computed("2026-08-20T23:59:59Z", "5", CostState.EXACT);
        reported(DAY.plusDays(1), "5");

        assertThat(reconciliation.rows())
                .extracting(Reconciliation.Row::verdict)
                .containsOnly(Reconciliation.Verdict.SHIFTED);
    }

    @Test
    void a_difference_that_estimates_can_explain_is_uncertain() {
        computed("2026-08-20T10:00:00Z", "1", CostState.ESTIMATED);
        reported(DAY, "1.90");

        assertThat(reconciliation.rows().get(0).verdict()).isEqualTo(Reconciliation.Verdict.UNCERTAIN);
    }

    @Test
    void any_other_difference_is_one() {
        computed("2026-08-20T10:00:00Z", "1", CostState.EXACT);
        reported(DAY, "1.90");

        Reconciliation.Row row = reconciliation.rows().get(0);
        assertThat(row.verdict()).isEqualTo(Reconciliation.Verdict.DIFFERENT);
        assertThat(row.difference()).isEqualByComparingTo("0.90");
    }

    @Test
    void currencies_are_not_mixed() {
        assertThatThrownBy(() -> reconciliation.addComputed(Instant.EPOCH, "m", Cost.unpriced("EUR")))
                .hasMessage("currency of the cost is EUR — that of the reconciliation, USD");
    }

    private void computed(String at, String amount, CostState state) {
        BigDecimal money = new BigDecimal(amount);
        CostComponent component = new CostComponent("input_tokens", BigDecimal.ONE, money, BigDecimal.ONE, money, null);
        reconciliation.addComputed(
                Instant.parse(at), "gpt-4o", new Cost(state, money, "USD", List.of(component), null));
    }

    private void reported(LocalDate day, String amount) {
        reconciliation.addReported(day, ITEM, new BigDecimal(amount));
    }
}
