package dev.llmops.cost.imports;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.Rate;
import dev.llmops.cost.internal.ServiceTiers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rates of one LiteLLM entry for each service tier, as its prices, thresholds and tables define them together.
 *
 * <p>Each price chooses its own threshold, the highest one that the prompt exceeds. A tier takes what it does not name
 * from the standard one, and such a rate is marked as assumed. Within a table of ranges a request never mixes rows: a
 * cache price that the row lacks is the row's input price, a missing output price is the flat one, and a row without
 * input price does not count. A kind of output
 * that no row names keeps its flat price.
 *
 * <p>See docs/decisions/cost.md#a-tier-without-a-price-is-unpriced-in-our-books-and-an-estimate-in-imported-litellm-files.
 */
final class LiteLlmRates {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final Map<String, Map<UsageKind, TreeMap<Long, BigDecimal>>> byTier = new TreeMap<>();
    private final Map<UsageKind, BigDecimal> per = new TreeMap<>();
    private final List<Row> table = new ArrayList<>();

    /** A row of a table: prompts of more than {@code above} and at most {@code upTo} tokens. */
    record Row(long above, long upTo, Map<UsageKind, BigDecimal> prices) {}

    /** Adds a price that holds from a number of input tokens on. */
    void add(LiteLlmKey key, long from, BigDecimal price) {
        byTier.computeIfAbsent(key.serviceTier(), tier -> new TreeMap<>())
                .computeIfAbsent(key.kind(), kind -> new TreeMap<>())
                .putIfAbsent(from, price);
        per.putIfAbsent(key.kind(), key.per());
    }

    void add(Row row) {
        table.add(row);
        row.prices().keySet().forEach(kind -> per.putIfAbsent(kind, BigDecimal.ONE));
    }

    /** The tiers besides standard that have a price of their own, and batch, for which half of standard is assumed. */
    Set<String> specialTiers() {
        Set<String> tiers = new TreeSet<>(byTier.keySet());
        tiers.add(ServiceTiers.BATCH);
        tiers.remove(ServiceTiers.STANDARD);
        return tiers;
    }

    Map<UsageKind, Rate> standard() {
        Map<UsageKind, Rate> rates = new TreeMap<>();
        per.forEach((kind, unit) -> {
            List<Rate.Step> steps = standardSteps(kind);
            if (steps.stream().anyMatch(step -> step.price() != null)) {
                rates.put(kind, new Rate(steps, unit, false));
            }
        });
        return rates;
    }

    Map<UsageKind, Rate> tier(String tier) {
        Map<UsageKind, TreeMap<Long, BigDecimal>> own = byTier.getOrDefault(tier, Map.of());
        Map<UsageKind, Rate> rates = new TreeMap<>();
        Map<UsageKind, Rate> standard = standard();
        per.forEach((kind, unit) -> {
            boolean billedAsOutput = kind.equals(UsageKind.OUTPUT_REASONING_TOKENS)
                    && !own.containsKey(kind)
                    && own.containsKey(UsageKind.OUTPUT_TOKENS);
            if (!billedAsOutput) {
                Rate rate = tierRate(tier, kind, own.getOrDefault(kind, new TreeMap<>()), standard.get(kind));
                if (rate != null) {
                    rates.put(kind, rate);
                }
            }
        });
        return rates;
    }

    private @Nullable Rate tierRate(
            String tier, UsageKind kind, SortedMap<Long, BigDecimal> own, @Nullable Rate standard) {
        TreeMap<Long, Rate.Step> steps = new TreeMap<>();
        boolean batch = tier.equals(ServiceTiers.BATCH);
        boolean token = kind.family() == UsageKind.Family.TOKENS;
        if (standard != null && !(batch && own.containsKey(0L))) {
            standard.steps()
                    .forEach(step -> steps.put(step.from(), batch && token ? half(step) : assumed(step, token)));
        }
        own.forEach((from, price) -> steps.put(from, new Rate.Step(from, price, false)));
        if (steps.isEmpty()) {
            return null;
        }
        steps.putIfAbsent(0L, new Rate.Step(0, null, false));
        return new Rate(List.copyOf(steps.values()), per.getOrDefault(kind, BigDecimal.ONE), false);
    }

    private static Rate.Step half(Rate.Step step) {
        return new Rate.Step(
                step.from(), step.price() == null ? null : step.price().multiply(HALF), true);
    }

    private static Rate.Step assumed(Rate.Step step, boolean assumed) {
        return new Rate.Step(step.from(), step.price(), assumed);
    }

    private List<Rate.Step> standardSteps(UsageKind kind) {
        TreeMap<Long, BigDecimal> flat =
                byTier.getOrDefault(ServiceTiers.STANDARD, Map.of()).getOrDefault(kind, new TreeMap<>());
        TreeMap<Long, Rate.Step> steps = new TreeMap<>();
        steps.put(0L, new Rate.Step(0, flat.get(0L), false));
        flat.forEach((from, price) -> steps.put(from, new Rate.Step(from, price, false)));
        boolean onlyFlat = kind.isOutput()
                && flat.containsKey(0L)
                && table.stream().noneMatch(row -> row.prices().containsKey(kind));
        if (kind.family() == UsageKind.Family.TOKENS && !onlyFlat) {
            addTable(kind, flat.get(0L), steps);
        }
        return List.copyOf(steps.values());
    }

    private void addTable(UsageKind kind, @Nullable BigDecimal flat, Map<Long, Rate.Step> steps) {
        boolean flatInput = byTier.getOrDefault(ServiceTiers.STANDARD, Map.of()).containsKey(UsageKind.INPUT_TOKENS);
        Map<Long, Rate.Step> ends = new TreeMap<>();
        for (Row row : table) {
            BigDecimal price = flat;
            if (row.prices().containsKey(UsageKind.INPUT_TOKENS)) {
                BigDecimal whenMissing = kind.equals(UsageKind.OUTPUT_TOKENS) || isModality(kind) ? flat : null;
                price = row.prices().getOrDefault(kind, whenMissing);
            }
            long from = row.above() == 0 && !flatInput ? 0 : row.above() + 1;
            steps.put(from, new Rate.Step(from, price, false));
            ends.put(row.upTo() + 1, new Rate.Step(row.upTo() + 1, price, true));
        }
        // Beyond a row where no other begins, its price is a guess.
        ends.forEach((from, step) -> steps.putIfAbsent(from, step));
    }

    private static boolean isModality(UsageKind kind) {
        return !kind.hasTokenType() && !kind.equals(UsageKind.INPUT_TOKENS) && !kind.equals(UsageKind.OUTPUT_TOKENS);
    }
}
