package dev.llmops.slo;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Derives tiers from a budget; {@link AlertPolicy#derived} states the rules, {@code docs/decisions/slo.md} the reasons. */
final class TierDerivation {

    /** The demand of a tier: its fraction of the budget on long periods, its factor on short ones. */
    private record Row(String severity, int longMinutes, int shortMinutes, String budgetFraction, String factor) {}

    private static final List<Row> STANDARD = List.of(
            new Row(AlertTier.PAGE, 60, 5, "0.02", "14.4"),
            new Row(AlertTier.PAGE, 360, 30, "0.05", "6"),
            new Row(AlertTier.TICKET, 1440, 120, "0.10", "3"),
            new Row(AlertTier.TICKET, 4320, 360, "0.10", "1"));

    private static final List<Row> LOW_TARGET = List.of(
            new Row(AlertTier.PAGE, 360, 30, "", "4"),
            new Row(AlertTier.TICKET, 1440, 120, "", "1.5"),
            new Row(AlertTier.TICKET, 4320, 360, "", "1"));

    private static final Duration FRACTIONS_FROM = Duration.ofDays(28);
    private static final Duration FULL_WINDOWS_FROM = Duration.ofDays(7);
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal FASTEST = new BigDecimal("14.4");
    private static final int MINUTES_PER_SHORT_MINUTE = 12;

    private TierDerivation() {}

    static List<AlertTier> tiers(ErrorBudget budget) {
        if (budget.ratio().signum() == 0) {
            return List.of();
        }
        boolean low = budget.exactThreshold(FASTEST).compareTo(HALF) >= 0;
        Map<Duration, AlertTier> byLongWindow = new LinkedHashMap<>();
        for (Row row : low ? LOW_TARGET : STANDARD) {
            AlertTier tier = tier(row, budget);
            boolean leavesTimeToAct = budget.budgetFraction(tier).compareTo(HALF) <= 0;
            if (leavesTimeToAct && tier.longWindow().compareTo(budget.period()) < 0) {
                byLongWindow.putIfAbsent(tier.longWindow(), tier);
            }
        }
        return List.copyOf(byLongWindow.values());
    }

    private static AlertTier tier(Row row, ErrorBudget budget) {
        Duration period = budget.period();
        Duration longWindow = Duration.ofMinutes(row.longMinutes());
        Duration shortWindow = Duration.ofMinutes(row.shortMinutes());
        if (period.compareTo(FULL_WINDOWS_FROM) < 0) {
            long minutes = row.longMinutes() * period.toMinutes() / FULL_WINDOWS_FROM.toMinutes();
            long shortMinutes = Math.max(1, minutes / MINUTES_PER_SHORT_MINUTE);
            shortWindow = Duration.ofMinutes(shortMinutes);
            longWindow = Duration.ofMinutes(shortMinutes * MINUTES_PER_SHORT_MINUTE);
        }
        BigDecimal factor = new BigDecimal(row.factor());
        if (!row.budgetFraction().isEmpty() && period.compareTo(FRACTIONS_FROM) >= 0) {
            BigDecimal fraction = new BigDecimal(row.budgetFraction());
            factor = AlertTier.ofBudgetFraction(row.severity(), longWindow, shortWindow, fraction, period)
                    .factor();
        }
        return new AlertTier(row.severity(), longWindow, shortWindow, withinReach(factor, budget));
    }

    /** At least 1, and otherwise at most what half of the events being bad amounts to. */
    private static BigDecimal withinReach(BigDecimal factor, ErrorBudget budget) {
        BigDecimal cap = HALF.divide(budget.ratio(), MathContext.DECIMAL128);
        return factor.min(cap).max(BigDecimal.ONE);
    }
}
