package dev.llmops.cost;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.privacy.SafeText;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Decimals;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageOrigin;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import dev.llmops.cost.book.Costs;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.imports.LivePriceBook;
import dev.llmops.cost.usage.UsageReading;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the cost to the record of every call. Safe for use by many threads.
 *
 * <p>A call is priced at its start, by the model that answered, else by the one that was asked for. The attributes
 * {@value UsageReading#SERVICE_TIER_ATTRIBUTE}, {@value UsageReading#REGION_ATTRIBUTE} and
 * {@value UsageReading#REPORTED_COST_ATTRIBUTE} of a call carry what its response said; every other attribute that is a
 * text can be named in the conditions of a book. Where the provider stated an amount, that is the cost, and what was
 * computed stays visible in the components.
 *
 * <p>What has no price is unpriced, never free: it is counted, and logged once for each model. A call that was refused
 * before any model work, or answered by the application's own cache, costs nothing. A call that failed without reporting
 * usage is an estimate of nothing, its lower bound.
 *
 * <pre>{@code
 * LlmOps.builder().enricher(CostEnricher.using(PriceBook.bundled()))
 * }</pre>
 *
 * @since 0.1.0
 */
public final class CostEnricher implements CallEnricher, TelemetryAware {

    /** The name under which {@link Telemetry} counts calls of unknown cost: {@value}. */
    public static final String UNPRICED = "cost.unpriced";

    private static final Logger LOG = LoggerFactory.getLogger("llmops");
    private static final int MAX_LOGGED_MODELS = 1_000;
    private static final int MAX_AMOUNT_LENGTH = 40;

    private final Supplier<PriceBook> book;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
    private final Map<CostState, LongAdder> states = new EnumMap<>(CostState.class);
    private volatile @Nullable Telemetry telemetry;

    private CostEnricher(Supplier<PriceBook> book) {
        this.book = book;
        for (CostState state : CostState.values()) {
            states.put(state, new LongAdder());
        }
    }

    /**
     * Prices calls by a book.
     *
     * @param book the prices
     * @return the enricher
     */
    public static CostEnricher using(PriceBook book) {
        return using(() -> book);
    }

    /**
     * Prices each call by the book that is current when it ends, such as a {@link LivePriceBook}.
     *
     * @param book gives the current book; called once a call
     * @return the enricher
     */
    public static CostEnricher using(Supplier<PriceBook> book) {
        return using(book, InstantSource.system());
    }

    static CostEnricher using(Supplier<PriceBook> book, InstantSource clock) {
        Duration age = book.get().age(clock.instant());
        if (age.toDays() >= PriceBook.OLD_AFTER_DAYS) {
            LOG.warn(
                    "The price book is {} days old; prices change every few weeks. Update the library, or put current"
                            + " prices in a book of your own and let it win with orElse.",
                    age.toDays());
        }
        return new CostEnricher(book);
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public CallRecord enrich(CallRecord record) {
        if (record.cost() != null) {
            return record;
        }
        Cost cost = cost(record);
        LongAdder counter = states.get(cost.state());
        if (counter != null) {
            counter.increment();
        }
        if (cost.state() == CostState.UNPRICED) {
            reportUnpriced(record, cost);
        }
        return record.toBuilder().cost(cost).build();
    }

    /**
     * Returns the number of priced calls by state. An alert on {@link CostState#UNPRICED} above 0 is worth having.
     *
     * @return the count of every state
     */
    public Map<CostState, Long> counts() {
        Map<CostState, Long> counts = new EnumMap<>(CostState.class);
        states.forEach((state, counter) -> counts.put(state, counter.sum()));
        return Collections.unmodifiableMap(counts);
    }

    private Cost cost(CallRecord record) {
        boolean answeredByCache = record.cache() == CacheResult.HIT || record.cache() == CacheResult.COALESCED;
        if (record.outcome() == Outcome.REJECTED || answeredByCache) {
            return free(CostState.EXACT, "no model worked");
        }
        Cost computed = compute(record);
        BigDecimal reported = reportedCost(record);
        if (reported == null) {
            return computed;
        }
        return new Cost(
                CostState.PROVIDER_REPORTED,
                reported,
                "USD",
                computed.components(),
                reported,
                computed.reason(),
                computed.priceBookVersion());
    }

    private Cost compute(CallRecord record) {
        TokenUsage usage = record.usage();
        if (usage.origin() == UsageOrigin.UNKNOWN) {
            Object unreadable = record.attributes().get(UsageReading.UNREADABLE_ATTRIBUTE);
            if (unreadable != null) {
                return Costs.unpriced("USD", List.of(), "usage is unreadable: " + unreadable);
            }
            return record.outcome() == Outcome.COMPLETED
                    ? Costs.unpriced("USD", List.of(), "usage is unknown")
                    : free(CostState.ESTIMATED, "no usage was reported; this is the lower bound");
        }
        return CallPricing.price(book.get(), record, usage);
    }

    private static Cost free(CostState state, String reason) {
        return new Cost(state, BigDecimal.ZERO, "USD", List.of(), null, reason, null);
    }

    private static @Nullable BigDecimal reportedCost(CallRecord record) {
        Object reported = record.attributes().get(UsageReading.REPORTED_COST_ATTRIBUTE);
        if (!(reported instanceof String text) || text.length() > MAX_AMOUNT_LENGTH) {
            return null;
        }
        try {
            BigDecimal amount = new BigDecimal(text);
            return amount.signum() >= 0 && Decimals.hasAtMost(MAX_AMOUNT_LENGTH, amount) ? amount : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private void reportUnpriced(CallRecord record, Cost cost) {
        Telemetry counters = telemetry;
        if (counters != null) {
            counters.count(Telemetry.Kind.DROPPED, UNPRICED);
        }
        String model = record.info().provider() + '/' + record.info().requestModel();
        if (logged.size() < MAX_LOGGED_MODELS && logged.add(model)) {
            LOG.warn(
                    "A call of {} is unpriced: {}. Its tokens are kept; add the price to the book and re-rate. Further"
                            + " unpriced calls of this model are counted, not logged.",
                    SafeText.plain(model),
                    SafeText.plain(String.valueOf(cost.reason())));
        }
    }
}
