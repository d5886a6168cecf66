package dev.llmops.cost.imports;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.cost.book.Costs;
import dev.llmops.cost.internal.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Prices usage as Helicone does, for comparing its figures with ours: tiers by thresholds that must be reached, cache
 * prices as multiples of the input price, and usage in disjoint buckets.
 *
 * <p>Helicone chooses a tier for each component, and by another number at each provider: cached input at Anthropic stays
 * in the lowest tier, and at Vertex has a threshold of its own; providers other than those two, Google AI Studio and xAI
 * have one tier only. A field that a tier lacks comes from the one below it. Web searches without a price are not billed.
 *
 * @since 0.1.0
 */
public final class HeliconePrices {

    private static final BigDecimal ONE = BigDecimal.ONE;

    private final String provider;
    private final List<JsonNode> tiers;
    private final List<CostComponent> components = new ArrayList<>();
    private final Map<String, BigDecimal> usage = new HashMap<>();

    private HeliconePrices(String provider, List<JsonNode> tiers) {
        this.provider = provider;
        this.tiers = tiers;
    }

    /**
     * Prices a usage.
     *
     * @param provider Helicone's name of the endpoint's provider, such as {@code google-ai-studio}
     * @param pricesJson the endpoint's tiers: an array of {@code {threshold, input, output, …}}
     * @param usageJson Helicone's usage: {@code {input, output, cacheDetails, …}}
     * @return the cost with its components
     * @throws IllegalArgumentException if one of the texts is no JSON or lacks a price of input or output
     */
    public static Cost price(String provider, String pricesJson, String usageJson) {
        List<JsonNode> tiers = StreamSupport.stream(Json.json(pricesJson).spliterator(), false)
                .sorted(Comparator.comparing(tier -> tier.path("threshold").decimalValue()))
                .toList();
        HeliconePrices prices = new HeliconePrices(provider, tiers);
        prices.flatten("", Json.json(usageJson));
        return prices.price();
    }

    private void flatten(String prefix, JsonNode node) {
        node.properties().forEach(each -> {
            String name = prefix + each.getKey();
            if (each.getValue().isObject()) {
                flatten(name + '.', each.getValue());
            } else {
                usage.put(name, each.getValue().decimalValue());
            }
        });
    }

    private Cost price() {
        BigDecimal prompt = sizeForTier("input");
        int tier = tierOf(prompt);
        int cachedTier = tierOf(sizeForTier("cached"));
        bill("input", "input", required("/input", tier));
        bill("cachedInput", "cacheDetails.cachedInput", cached(cachedTier, "cachedInput"));
        bill("write5m", "cacheDetails.write5m", cached(0, "write5m"));
        bill("write1h", "cacheDetails.write1h", cached(0, "write1h"));
        bill("output", "output", required("/output", tier));
        BigDecimal thinking = field("/thinking", 0);
        bill("thinking", "thinking", thinking == null ? required("/output", 0) : thinking);
        for (String modality : List.of("image", "audio", "video", "file")) {
            billModality(modality);
        }
        bill("web_search", "web_search", orZero(field("/web_search", 0)));
        usage.put("request", ONE);
        bill("request", "request", orZero(field("/request", 0)));
        return new Cost(CostState.EXACT, Costs.sum(components), "USD", components, null);
    }

    private void billModality(String modality) {
        BigDecimal input = field('/' + modality + "/input", 0);
        BigDecimal output = field('/' + modality + "/output", 0);
        BigDecimal multiplier = field('/' + modality + "/cachedInputMultiplier", 0);
        BigDecimal inputPrice = input == null ? required("/input", 0) : input;
        BigDecimal cacheMultiplier = multiplier == null ? field("/cacheMultipliers/cachedInput", 0) : multiplier;
        bill(modality + ".input", modality + ".input", inputPrice);
        bill(
                modality + ".cachedInput",
                modality + ".cachedInput",
                inputPrice.multiply(cacheMultiplier == null ? ONE : cacheMultiplier));
        bill(modality + ".output", modality + ".output", output == null ? required("/output", 0) : output);
    }

    private void bill(String bucket, String usageKey, BigDecimal price) {
        BigDecimal quantity = used(usageKey);
        boolean isFreeExtra = price.signum() == 0 && bucket.equals("request");
        if (quantity.signum() > 0 && !isFreeExtra) {
            components.add(new CostComponent(bucket, quantity, price, ONE, quantity.multiply(price), null));
        }
    }

    /** The number that chooses the tier of a component. */
    private BigDecimal sizeForTier(String component) {
        BigDecimal cached = used("cacheDetails.cachedInput");
        boolean isCached = component.equals("cached");
        return switch (provider) {
            case "vertex" -> isCached ? cached : used("input");
            case "google-ai-studio", "xai" -> used("input").add(cached);
            case "anthropic" ->
                isCached
                        ? BigDecimal.ZERO
                        : used("input")
                                .add(cached)
                                .add(used("cacheDetails.write5m"))
                                .add(used("cacheDetails.write1h"));
            default -> BigDecimal.ZERO;
        };
    }

    private int tierOf(BigDecimal size) {
        int found = 0;
        for (int i = 0; i < tiers.size(); i++) {
            if (size.compareTo(tiers.get(i).path("threshold").decimalValue()) >= 0) {
                found = i;
            }
        }
        return found;
    }

    private BigDecimal cached(int tier, String multiplier) {
        BigDecimal factor = field("/cacheMultipliers/" + multiplier, tier);
        return required("/input", tier).multiply(factor == null ? ONE : factor);
    }

    /** A price of a tier, or of the next one below that has it. */
    private @Nullable BigDecimal field(String pointer, int tier) {
        for (int i = tier; i >= 0; i--) {
            BigDecimal value = Json.price(tiers.get(i).at(pointer));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private BigDecimal required(String pointer, int tier) {
        BigDecimal value = field(pointer, tier);
        if (value == null) {
            throw new IllegalArgumentException("prices must have " + pointer + ", but were " + tiers);
        }
        return value;
    }

    private BigDecimal used(String key) {
        return usage.getOrDefault(key, BigDecimal.ZERO);
    }

    private static BigDecimal orZero(@Nullable BigDecimal price) {
        return price == null ? BigDecimal.ZERO : price;
    }
}
