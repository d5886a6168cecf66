package dev.llmops.cost.ledger.export;

import dev.llmops.cost.accounting.Commitment;
import dev.llmops.cost.accounting.Commitment.Payment;
import dev.llmops.cost.accounting.Commitment.Purchase;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Covers charges by commitments, hour by hour. The effective costs of an hour's covered charges and of its unused rest sum to
 * the hour's share of the fee, to the last digit, because each is the difference of two rounded sums.
 *
 * <p>See docs/decisions/ledger.md#a-commitment-is-spread-over-hours-and-used-or-lost.
 */
final class FocusCommitments {

    private static final int SCALE = 12;

    private final List<Lot> lots;
    private final Instant end;
    private final Rows rows;
    private final Consumer<Map<String, @Nullable Object>> out;
    private Instant hour;

    FocusCommitments(
            List<Purchase> purchases,
            Instant from,
            Instant to,
            Rows rows,
            Consumer<Map<String, @Nullable Object>> out) {
        this.lots = purchases.stream().map(Lot::new).toList();
        this.hour = from;
        this.end = to;
        this.rows = rows;
        this.out = out;
        if (!lots.isEmpty() && !(isHour(from) && isHour(to))) {
            throw new IllegalArgumentException("the period of the export is " + from + " to " + to
                    + " — whole hours, since commitments are spread over hours — round it");
        }
        lots.forEach(lot -> lot.begin(hour));
        buy();
    }

    private static boolean isHour(Instant instant) {
        return instant.equals(instant.truncatedTo(ChronoUnit.HOURS));
    }

    void add(LedgerEntry entry, Map<String, @Nullable Object> row) {
        advance(entry);
        Map<String, @Nullable Object> rest = row;
        for (Lot lot : lots) {
            BigDecimal charge = (BigDecimal) rest.get("BilledCost");
            if (charge != null && entry.kind() == LedgerEntry.Kind.CALL && lot.covers(entry) && charge.signum() > 0) {
                BigDecimal covered = charge.min(lot.left);
                if (covered.signum() > 0) {
                    Map<String, @Nullable Object> part = covered.compareTo(charge) == 0
                            ? rest
                            : part(rest, covered.divide(charge, MathContext.DECIMAL128));
                    Map<String, @Nullable Object> uncovered =
                            part == rest ? null : without(rest, part, charge.subtract(covered));
                    lot.cover(part, covered);
                    out.accept(part);
                    if (uncovered == null) {
                        return;
                    }
                    rest = uncovered;
                }
            }
        }
        out.accept(rest);
    }

    /** Passes on a row that no commitment covers. */
    void pass(LedgerEntry entry, Map<String, @Nullable Object> row) {
        advance(entry);
        out.accept(row);
    }

    private void advance(LedgerEntry entry) {
        while (!lots.isEmpty() && hour.plus(1, ChronoUnit.HOURS).compareTo(entry.startedAt()) <= 0) {
            nextHour();
        }
    }

    void end() {
        while (!lots.isEmpty() && hour.isBefore(end)) {
            nextHour();
        }
    }

    private void nextHour() {
        Instant next = hour.plus(1, ChronoUnit.HOURS);
        for (Lot lot : lots) {
            BigDecimal lost = lot.unusedFee();
            if (lost.signum() > 0) {
                out.accept(lot.unused(rows.of(lot.commitment, hour, next), lost));
            }
            lot.begin(next);
        }
        hour = next;
        if (hour.isBefore(end)) {
            buy();
        }
    }

    private void buy() {
        for (Lot lot : lots) {
            boolean upfront = lot.purchase.payment() == Payment.UPFRONT;
            if (upfront ? lot.commitment.from().equals(hour) : lot.fee.signum() > 0) {
                Instant until = upfront ? lot.commitment.to() : hour.plus(1, ChronoUnit.HOURS);
                out.accept(lot.bought(rows.of(lot.commitment, hour, until), upfront ? lot.purchase.fee() : lot.fee));
            }
        }
    }

    private static Map<String, @Nullable Object> part(Map<String, @Nullable Object> row, BigDecimal fraction) {
        Map<String, @Nullable Object> part = new LinkedHashMap<>(row);
        for (String quantity : List.of("ConsumedQuantity", "PricingQuantity")) {
            if (row.get(quantity) instanceof BigDecimal whole) {
                part.put(quantity, whole.multiply(fraction, MathContext.DECIMAL128));
            }
        }
        return priced(part);
    }

    private static Map<String, @Nullable Object> without(
            Map<String, @Nullable Object> row, Map<String, @Nullable Object> part, BigDecimal cost) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(row);
        for (String quantity : List.of("ConsumedQuantity", "PricingQuantity")) {
            if (row.get(quantity) instanceof BigDecimal whole && part.get(quantity) instanceof BigDecimal taken) {
                rest.put(quantity, whole.subtract(taken));
            }
        }
        rest.put("BilledCost", cost);
        rest.put("EffectiveCost", cost);
        return priced(rest);
    }

    private static Map<String, @Nullable Object> priced(Map<String, @Nullable Object> row) {
        for (String kind : List.of("List", "Contracted")) {
            if (row.get(kind + "UnitPrice") instanceof BigDecimal price
                    && row.get("PricingQuantity") instanceof BigDecimal quantity) {
                row.put(kind + "Cost", price.multiply(quantity));
            }
        }
        return row;
    }

    /** Makes the row of a commitment for a time, without amounts. */
    interface Rows {

        Map<String, @Nullable Object> of(Commitment commitment, Instant start, Instant end);
    }

    /** A commitment with its state in the present hour. */
    private static final class Lot {

        private final Purchase purchase;
        private final Commitment commitment;
        private BigDecimal offered = BigDecimal.ZERO;
        private BigDecimal left = BigDecimal.ZERO;
        private BigDecimal fee = BigDecimal.ZERO;
        private BigDecimal borne = BigDecimal.ZERO;

        Lot(Purchase purchase) {
            this.purchase = purchase;
            this.commitment = purchase.commitment();
        }

        void begin(Instant hour) {
            Instant next = hour.plus(1, ChronoUnit.HOURS);
            offered = purchase.offered(next).subtract(purchase.offered(hour));
            left = offered;
            fee = purchase.amortized(next).subtract(purchase.amortized(hour));
            borne = BigDecimal.ZERO;
        }

        boolean covers(LedgerEntry entry) {
            return commitment.currency().equals(entry.cost().currency())
                    && (commitment.provider() == null || commitment.provider().equals(entry.provider()));
        }

        void cover(Map<String, @Nullable Object> row, BigDecimal amount) {
            left = left.subtract(amount);
            BigDecimal used = offered.subtract(left);
            BigDecimal sum =
                    left.signum() == 0 ? fee : fee.multiply(used).divide(offered, SCALE, RoundingMode.HALF_EVEN);
            row.put("BilledCost", BigDecimal.ZERO);
            row.put("EffectiveCost", sum.subtract(borne));
            row.put("PricingCategory", "Committed");
            borne = sum;
            name(row, amount, "Used");
        }

        BigDecimal unusedFee() {
            return fee.subtract(borne);
        }

        Map<String, @Nullable Object> unused(Map<String, @Nullable Object> row, BigDecimal lost) {
            row.put("BilledCost", BigDecimal.ZERO);
            row.put("ChargeCategory", "Usage");
            row.put("ChargeDescription", "Unused part of commitment " + commitment.id());
            row.put("ChargeFrequency", "Usage-Based");
            row.put("ContractedCost", BigDecimal.ZERO);
            row.put("EffectiveCost", lost);
            row.put("ListCost", BigDecimal.ZERO);
            row.put("PricingCategory", "Committed");
            name(row, left, "Unused");
            return row;
        }

        Map<String, @Nullable Object> bought(Map<String, @Nullable Object> row, BigDecimal price) {
            row.put("BilledCost", price);
            row.put("ChargeCategory", "Purchase");
            row.put("ChargeDescription", "Commitment " + commitment.id());
            row.put("ChargeFrequency", purchase.payment() == Payment.UPFRONT ? "One-Time" : "Recurring");
            row.put("ContractedCost", price);
            row.put("EffectiveCost", BigDecimal.ZERO);
            row.put("ListCost", price);
            row.put("PricingCategory", "Standard");
            name(row, purchase.payment() == Payment.UPFRONT ? commitment.amount() : offered, null);
            return row;
        }

        private void name(Map<String, @Nullable Object> row, BigDecimal quantity, @Nullable String status) {
            row.put("CommitmentDiscountCategory", "Spend");
            row.put("CommitmentDiscountId", commitment.id());
            row.put("CommitmentDiscountName", commitment.id());
            row.put("CommitmentDiscountQuantity", quantity);
            row.put("CommitmentDiscountStatus", status);
            row.put("CommitmentDiscountType", "Spend commitment");
            row.put("CommitmentDiscountUnit", commitment.currency());
        }
    }
}
