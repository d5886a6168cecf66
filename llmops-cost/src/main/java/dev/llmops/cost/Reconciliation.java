package dev.llmops.cost;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares the computed with the billed amounts, by UTC day and item. Not safe for use by several threads.
 *
 * <p>An item is a model and a component, such as {@code gpt-4o input_tokens}; the lines of a bill are given under the same
 * names. All amounts are of one currency.
 *
 * <pre>{@code
 * Reconciliation reconciliation = new Reconciliation("USD", new BigDecimal("0.01"));
 * records.forEach(r -> reconciliation.addComputed(r.info().startedAt(), r.info().requestModel(), r.cost()));
 * bill.forEach(line -> reconciliation.addReported(line.day(), line.item(), line.amount()));
 * reconciliation.rows().stream().filter(row -> row.verdict() == Reconciliation.Verdict.DIFFERENT).forEach(this::look);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Reconciliation {

    private final String currency;
    private final BigDecimal tolerance;
    private final Map<String, TreeMap<LocalDate, Sums>> byItem = new TreeMap<>();

    /**
     * Starts a reconciliation.
     *
     * @param currency the ISO 4217 code of all amounts
     * @param tolerance by how much a day of an item may differ without needing an explanation, 0 or more
     * @throws IllegalArgumentException if the tolerance is negative
     */
    public Reconciliation(String currency, BigDecimal tolerance) {
        if (tolerance.signum() < 0) {
            throw new IllegalArgumentException("tolerance is " + tolerance + " — 0 or more");
        }
        this.currency = currency;
        this.tolerance = tolerance;
    }

    /**
     * Adds a call of ours, by its components. A call without amount is counted under the model alone, together with what
     * of it has a price.
     *
     * @param startedAt when the call started
     * @param model the model, as the bill names it
     * @param cost what was computed
     * @throws IllegalArgumentException if the cost is of another currency
     */
    public void addComputed(Instant startedAt, String model, Cost cost) {
        if (!cost.currency().equals(currency)) {
            throw new IllegalArgumentException(
                    "currency of the cost is " + cost.currency() + " — that of the reconciliation, " + currency);
        }
        LocalDate day = LocalDate.ofInstant(startedAt, ZoneOffset.UTC);
        for (CostComponent component : cost.components()) {
            Sums sums = sums(model + ' ' + component.bucket(), day);
            sums.computed = sums.computed.add(component.amount());
            if (cost.state() == CostState.ESTIMATED) {
                sums.estimated = sums.estimated.add(component.amount());
            }
        }
        if (cost.state() == CostState.UNPRICED) {
            sums(model, day).unpricedCalls++;
        }
    }

    /**
     * Adds a line of the provider's bill.
     *
     * @param day the UTC day it is for
     * @param item model and component, in the words of {@link #addComputed}
     * @param amount the money
     */
    public void addReported(LocalDate day, String item, BigDecimal amount) {
        Sums sums = sums(item, day);
        sums.reported = sums.reported.add(amount);
    }

    private Sums sums(String item, LocalDate day) {
        return byItem.computeIfAbsent(item, i -> new TreeMap<>()).computeIfAbsent(day, d -> new Sums());
    }

    /**
     * Compares.
     *
     * @return a row for each item and day of which either side knows, by item and day
     */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        byItem.forEach((item, days) -> days.forEach((day, sums) -> rows.add(new Row(
                item,
                day,
                sums.computed,
                sums.reported,
                sums.estimated,
                sums.unpricedCalls,
                verdict(days, day, sums)))));
        return List.copyOf(rows);
    }

    private Verdict verdict(Map<LocalDate, Sums> days, LocalDate day, Sums sums) {
        BigDecimal difference = sums.difference();
        if (isTolerable(difference)) {
            return difference.signum() == 0 ? Verdict.EQUAL : Verdict.TOLERATED;
        }
        // A call that starts before midnight and ends after it may be billed on the next day.
        boolean shifted = isTolerable(difference.add(differenceOf(days.get(day.plusDays(1)))))
                || isTolerable(difference.add(differenceOf(days.get(day.minusDays(1)))));
        if (shifted) {
            return Verdict.SHIFTED;
        }
        boolean explained = sums.unpricedCalls > 0 || difference.abs().compareTo(sums.estimated.abs()) <= 0;
        return explained ? Verdict.UNCERTAIN : Verdict.DIFFERENT;
    }

    private static BigDecimal differenceOf(@Nullable Sums sums) {
        return sums == null ? BigDecimal.ZERO : sums.difference();
    }

    private boolean isTolerable(BigDecimal difference) {
        return difference.abs().compareTo(tolerance) <= 0;
    }

    private static final class Sums {
        private BigDecimal computed = BigDecimal.ZERO;
        private BigDecimal reported = BigDecimal.ZERO;
        private BigDecimal estimated = BigDecimal.ZERO;
        private long unpricedCalls;

        private BigDecimal difference() {
            return reported.subtract(computed);
        }
    }

    /**
     * An item on a day.
     *
     * @param item model and component
     * @param day the UTC day
     * @param computed what we computed
     * @param reported what the provider billed
     * @param estimated how much of the computed amount is an estimate
     * @param unpricedCalls how many calls have no amount on our side
     * @param verdict what to make of the difference
     * @since 0.1.0
     */
    public record Row(
            String item,
            LocalDate day,
            BigDecimal computed,
            BigDecimal reported,
            BigDecimal estimated,
            long unpricedCalls,
            Verdict verdict) {

        /**
         * By how much the bill exceeds what we computed.
         *
         * @return the difference, negative if the bill is lower
         */
        public BigDecimal difference() {
            return reported.subtract(computed);
        }
    }

    /**
     * The verdict on a difference.
     *
     * @since 0.1.0
     */
    public enum Verdict {
        /** No difference. */
        EQUAL,
        /** A difference within the tolerance. */
        TOLERATED,
        /** A difference that the day before or after outweighs, as calls around midnight make it. */
        SHIFTED,
        /** Estimates are as large as it is, or some calls have no amount. */
        UNCERTAIN,
        /** Nothing here explains it: a wrong price, or traffic that did not pass here. */
        DIFFERENT
    }
}
