package dev.llmops.cost.book;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.UsageKindHierarchy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An entry with its adjustments, compiled to one {@link RatePlan} for each prompt size class and each combination of
 * adjustments, as they come up.
 */
final class CompiledEntry {

    /** More adjustments of one model than this are refused: their combinations are compiled. */
    static final int MAX_ADJUSTMENTS = 10;

    private final PriceEntry entry;
    private final CallMatcher when;
    private final List<Adjustment> adjustments;
    /** The conditions of each adjustment. */
    private final List<CallMatcher> adjusted;

    /** The prompt sizes at which any price changes, ascending; class i begins at thresholds[i − 1]. */
    private final long[] thresholds;

    private final AtomicReferenceArray<RatePlan> plans;

    CompiledEntry(PriceEntry entry, List<Adjustment> adjustments) {
        this.entry = entry;
        this.when = new CallMatcher(entry.when());
        this.adjustments = List.copyOf(adjustments);
        this.adjusted = adjustments.stream()
                .map(adjustment -> new CallMatcher(adjustment.when()))
                .toList();
        TreeSet<Long> changes = new TreeSet<>();
        for (Rate rate : entry.rates().values()) {
            if (!rate.graduated()) {
                rate.steps().forEach(step -> changes.add(step.from()));
            }
        }
        adjustments.forEach(adjustment -> changes.add(adjustment.inputFrom()));
        changes.remove(0L);
        this.thresholds = changes.stream().mapToLong(Long::longValue).toArray();
        this.plans = new AtomicReferenceArray<>((thresholds.length + 1) << adjustments.size());
    }

    PriceEntry entry() {
        return entry;
    }

    boolean dependsOnPromptSize() {
        return thresholds.length > 0;
    }

    boolean matches(PricingContext context) {
        return when.matches(context);
    }

    /** Returns true if a price or a factor was made for the call's service tier. */
    boolean isMadeForTierOf(PricingContext context) {
        return context.isStandardTier()
                || entry.when().values().containsKey(Conditions.SERVICE_TIER)
                || IntStream.range(0, adjustments.size())
                        .anyMatch(i -> adjustments.get(i).when().values().containsKey(Conditions.SERVICE_TIER)
                                && holds(i, context));
    }

    private boolean holds(int adjustment, PricingContext context) {
        return adjustments.get(adjustment).holdsAt(context.at())
                && adjusted.get(adjustment).matches(context);
    }

    RatePlan plan(long inputTokens, PricingContext context) {
        int sizeClass = 0;
        while (sizeClass < thresholds.length && thresholds[sizeClass] <= inputTokens) {
            sizeClass++;
        }
        int holding = 0;
        for (int i = 0; i < adjustments.size(); i++) {
            if (holds(i, context)) {
                holding |= 1 << i;
            }
        }
        int index = sizeClass << adjustments.size() | holding;
        RatePlan plan = plans.getPlain(index);
        if (plan == null) {
            // Two threads may both compile; the plans are equal.
            plan = compile(sizeClass == 0 ? 0 : thresholds[sizeClass - 1], holding);
            plans.setRelease(index, plan);
        }
        return plan;
    }

    private RatePlan compile(long inputTokens, int holding) {
        Map<UsageKind, List<RatePlan.Slice>> prices = new TreeMap<>();
        entry.rates().forEach((kind, rate) -> {
            List<Rate.Step> steps = rate.graduated() ? rate.steps() : List.of(rate.stepAt(inputTokens));
            if (steps.stream().allMatch(step -> step.price() != null)) {
                prices.put(kind, slices(kind, rate.per(), steps, adjustmentsOf(kind, inputTokens, holding)));
            }
        });
        return RatePlan.of(UsageKindHierarchy.withOverlaps(prices, (withTokenType, other) -> withTokenType));
    }

    private List<Adjustment> adjustmentsOf(UsageKind kind, long inputTokens, int holding) {
        return IntStream.range(0, adjustments.size())
                .filter(i -> (holding & 1 << i) != 0)
                .mapToObj(adjustments::get)
                .filter(adjustment -> adjustment.inputFrom() <= inputTokens && adjustment.appliesTo(kind))
                .toList();
    }

    private @Nullable String assumption(Rate.Step step, String priceId) {
        String source = entry.source() == null ? "" : " (" + entry.source() + ")";
        return step.assumed() ? "price " + priceId + " is assumed" + source : null;
    }

    private List<RatePlan.Slice> slices(
            UsageKind kind, BigDecimal per, List<Rate.Step> steps, List<Adjustment> adjustments) {
        BigDecimal factor = adjustments.stream().map(Adjustment::factor).reduce(BigDecimal.ONE, BigDecimal::multiply);
        String suffix =
                adjustments.stream().map(adjustment -> '*' + adjustment.id()).collect(Collectors.joining());
        List<RatePlan.Slice> slices = new ArrayList<>();
        for (Rate.Step step : steps) {
            String id = entry.id() + '#' + kind.key() + (step.from() == 0 ? "" : "@" + step.from()) + suffix;
            BigDecimal price = Objects.requireNonNull(step.price()).multiply(factor);
            long firstUnit = slices.isEmpty() ? 1 : step.from();
            slices.add(new RatePlan.Slice(firstUnit, new UnitPrice(kind, price, per, id, assumption(step, id))));
        }
        return slices;
    }
}
