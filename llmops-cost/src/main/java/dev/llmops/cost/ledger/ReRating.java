package dev.llmops.cost.ledger;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.UsageOrigin;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.internal.PlainDecimals;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.LedgerEntryBuilder;
import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.ledger.internal.jdbc.LedgerDatabase;
import dev.llmops.cost.ledger.query.LedgerQuery;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * New prices for past calls. A correction is booked as the difference, in the call's own period: the components that
 * counted so far with their quantities reversed, then the new ones, so that every sum, by component too, comes out as if
 * the call had been priced so at once.
 *
 * <p>See docs/decisions/ledger.md#a-correction-is-the-difference-with-the-old-components-reversed.
 *
 * @param correctionId names the re-rating, 1 to 60 letters, digits, dots, dashes or underscores; the same id corrects a
 *     call once
 * @param reason why, kept with every correction
 * @param pricing gives the right cost of a call from its original entry; empty, or unpriced, leaves the call as it is
 * @since 0.1.0
 */
public record ReRating(String correctionId, String reason, Function<LedgerEntry, Optional<Cost>> pricing) {

    private static final int UNDER_WAY = 256;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,60}");

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it breaks its rule
     */
    public ReRating {
        if (!ID.matcher(correctionId).matches()) {
            throw new IllegalArgumentException("correctionId is '" + correctionId + "' — a text that matches " + ID);
        }
    }

    /**
     * The prices of a book, for the calls that a book had priced or had no price for. What the provider reported, and
     * what cost nothing for a reason of its own, stays.
     *
     * @param correctionId names the re-rating, as in the constructor
     * @param reason why
     * @param book the right prices
     * @return the re-rating; it knows of a call's conditions the start, service tier, region, and the attributes that the
     *     ledger was told to keep
     */
    public static ReRating byBook(String correctionId, String reason, PriceBook book) {
        return new ReRating(correctionId, reason, entry -> {
            boolean byBook = entry.cost().priceBookVersion() != null
                    && entry.cost().state() != CostState.PROVIDER_REPORTED
                    && entry.usage().origin() != UsageOrigin.UNKNOWN;
            return byBook ? Optional.of(price(entry, book)) : Optional.empty();
        });
    }

    private static Cost price(LedgerEntry entry, PriceBook book) {
        PricingContext.Builder context = PricingContext.builder(entry.startedAt())
                .serviceTier(entry.serviceTier())
                .region(entry.region());
        entry.attributes().forEach(context::attribute);
        String model = book.billedModel(entry.provider(), entry.model(), entry.responseModel());
        return book.price(entry.provider(), model, entry.usage(), context.build());
    }

    Report run(
            LedgerDatabase database,
            LedgerQuery query,
            Function<LedgerEntry, CompletableFuture<Receipt>> ledger,
            InstantSource clock)
            throws SQLException, IOException {
        Run run = new Run(ledger, clock);
        database.entries(query, run::add);
        run.endCall();
        return run.report();
    }

    /** Gathers the entries of one call after the other. */
    private final class Run {

        private final Function<LedgerEntry, CompletableFuture<Receipt>> ledger;
        private final InstantSource clock;
        private final List<LedgerEntry> call = new ArrayList<>();
        private final List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        private final Map<String, BigDecimal> difference = new HashMap<>();
        private long calls;
        private long corrected;
        private long alreadyCorrected;
        private long dropped;

        Run(Function<LedgerEntry, CompletableFuture<Receipt>> ledger, InstantSource clock) {
            this.ledger = ledger;
            this.clock = clock;
        }

        void add(LedgerEntry entry) {
            if (!call.isEmpty() && !call.get(0).callId().equals(entry.callId())) {
                endCall();
            }
            call.add(entry);
        }

        void endCall() {
            Optional<LedgerEntry> original = call.stream()
                    .filter(entry -> entry.kind() == LedgerEntry.Kind.CALL)
                    .findFirst();
            if (original.isPresent()) {
                calls++;
                reRate(original.get());
            }
            call.clear();
        }

        private void reRate(LedgerEntry original) {
            LedgerEntryBuilder correction = original.toBuilder().correction(correctionId);
            String id = original.callId() + "#" + correctionId;
            if (call.stream().anyMatch(entry -> entry.entryId().equals(id))) {
                alreadyCorrected++;
                return;
            }
            Cost cost = pricing.apply(original).orElse(null);
            BigDecimal amount = cost == null ? null : cost.amountOrNull();
            if (cost == null || amount == null) {
                return;
            }
            requireSameCurrency(original, cost);
            BigDecimal change = call.stream().map(LedgerEntry::amountOrZero).reduce(amount, BigDecimal::subtract);
            boolean unpriced = call.stream().allMatch(entry -> entry.cost().amountOrNull() == null);
            if (change.signum() != 0 || unpriced) {
                book(correction, cost, change);
            }
        }

        private void requireSameCurrency(LedgerEntry original, Cost cost) {
            for (LedgerEntry entry : call) {
                boolean priced = entry.cost().amountOrNull() != null;
                if (priced && !entry.cost().currency().equals(cost.currency())) {
                    throw new IllegalArgumentException("the new price of " + original.callId() + " is in "
                            + cost.currency() + " — " + entry.cost().currency() + ", as its call — correct the book");
                }
            }
        }

        private void book(LedgerEntryBuilder correction, Cost cost, BigDecimal change) {
            List<CostComponent> components = reversed(call);
            components.addAll(cost.components());
            receipts.add(ledger.apply(correction
                    .recordedAt(clock.instant())
                    .cost(new Cost(
                            CostState.CORRECTED,
                            change,
                            cost.currency(),
                            components,
                            null,
                            reason,
                            cost.priceBookVersion()))
                    .build()));
            difference.merge(cost.currency(), change, BigDecimal::add);
            corrected++;
            if (receipts.size() == UNDER_WAY) {
                awaitReceipts();
            }
        }

        /** Keeps within the ledger's queue. */
        private void awaitReceipts() {
            dropped += receipts.stream()
                    .filter(receipt -> receipt.join() == Receipt.DROPPED)
                    .count();
            receipts.clear();
        }

        Report report() throws IOException {
            awaitReceipts();
            if (dropped > 0) {
                throw new IOException(dropped + " of " + corrected + " corrections were dropped — none may be — repeat "
                        + correctionId);
            }
            difference.replaceAll((currency, change) -> PlainDecimals.of(change));
            return new Report(calls, corrected, alreadyCorrected, difference);
        }
    }

    /** Reverses the components that count so far, by price. */
    private static List<CostComponent> reversed(List<LedgerEntry> call) {
        Map<Price, CostComponent> counting = new LinkedHashMap<>();
        for (LedgerEntry entry : call) {
            // What could be priced of an unpriced call did not count.
            if (entry.cost().amountOrNull() != null) {
                entry.cost()
                        .components()
                        .forEach(component -> counting.merge(Price.of(component), component, ReRating::sum));
            }
        }
        List<CostComponent> reversed = new ArrayList<>();
        for (CostComponent component : counting.values()) {
            if (component.quantity().signum() != 0 || component.amount().signum() != 0) {
                reversed.add(with(
                        component,
                        component.quantity().negate(),
                        component.amount().negate()));
            }
        }
        return reversed;
    }

    private static CostComponent sum(CostComponent a, CostComponent b) {
        return with(a, a.quantity().add(b.quantity()), a.amount().add(b.amount()));
    }

    private static CostComponent with(CostComponent component, BigDecimal quantity, BigDecimal amount) {
        return new CostComponent(
                component.bucket(), quantity, component.price(), component.per(), amount, component.priceId());
    }

    private record Price(
            String bucket,
            BigDecimal price,
            BigDecimal per,
            @Nullable String priceId) {

        static Price of(CostComponent component) {
            return new Price(
                    component.bucket(),
                    PlainDecimals.of(component.price()),
                    PlainDecimals.of(component.per()),
                    component.priceId());
        }
    }

    /**
     * Result of a re-rating.
     *
     * @param calls calls looked at
     * @param corrected calls for which a correction was booked
     * @param alreadyCorrected calls that had a correction under this id before
     * @param difference by currency, the sum of the corrections booked now
     */
    public record Report(long calls, long corrected, long alreadyCorrected, Map<String, BigDecimal> difference) {

        /** Copies the map. */
        public Report {
            difference = Map.copyOf(difference);
        }
    }
}
