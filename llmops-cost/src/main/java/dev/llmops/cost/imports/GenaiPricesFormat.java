package dev.llmops.cost.imports;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBookException;
import dev.llmops.cost.book.PriceEntry;
import dev.llmops.cost.book.Rate;
import dev.llmops.cost.internal.Json;
import dev.llmops.cost.internal.PriceUnits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads price maps in the form of the genai-prices project: amounts by keys such as {@code input_mtok}, each a number or
 * a base price with tiers that start above a number of input tokens.
 *
 * @since 0.1.0
 */
public final class GenaiPricesFormat {

    private GenaiPricesFormat() {}

    /**
     * Reads the prices of one model that hold at any time.
     *
     * @param json a JSON object of amounts by price key
     * @return the prices, without provider and model
     * @throws PriceBookException naming every key whose amount is no price, and every price that must be given too
     */
    public static ModelPrices parsePrices(String json) {
        List<PriceBookException.Problem> problems = new ArrayList<>();
        Map<UsageKind, Rate> rates = rates(Json.json(json), problems);
        if (!problems.isEmpty()) {
            throw new PriceBookException(problems);
        }
        return ModelPrices.builder("", "")
                .addEntry(PriceEntry.always("prices", rates))
                .build();
    }

    static Optional<UsageKind> kind(String priceKey) {
        return UsageKind.values().stream()
                .filter(kind -> priceKey(kind).equals(priceKey))
                .findFirst();
    }

    static Map<UsageKind, Rate> rates(JsonNode prices, List<PriceBookException.Problem> problems) {
        Map<UsageKind, Rate> rates = new TreeMap<>();
        prices.properties().forEach(price -> {
            UsageKind kind = kind(price.getKey()).orElse(null);
            if (kind == null) {
                problems.add(new PriceBookException.Problem(price.getKey(), "is no price key that can be imported"));
                return;
            }
            try {
                rates.put(kind, rate(kind, price.getValue()));
            } catch (IllegalArgumentException e) {
                problems.add(new PriceBookException.Problem(price.getKey(), String.valueOf(e.getMessage())));
            }
        });
        return rates;
    }

    private static Rate rate(UsageKind kind, JsonNode price) {
        BigDecimal per = PriceUnits.usualPer(kind);
        if (!price.isObject()) {
            return Rate.flat(required(price), per);
        }
        List<Rate.Step> steps = new ArrayList<>();
        steps.add(new Rate.Step(0, required(price.path("base")), false));
        for (JsonNode tier : price.path("tiers")) {
            JsonNode start = tier.has("start") ? tier.path("start") : tier.path("above");
            steps.add(new Rate.Step(required(start).longValueExact() + 1, required(tier.path("price")), false));
        }
        steps.sort(Comparator.comparingLong(Rate.Step::from));
        return new Rate(steps, per, false);
    }

    private static BigDecimal required(JsonNode node) {
        BigDecimal value = Json.price(node);
        if (value == null) {
            throw new IllegalArgumentException("is no number — a number");
        }
        return value;
    }

    private static String priceKey(UsageKind kind) {
        String key = kind.key();
        return switch (kind.family()) {
            case TOKENS -> key.replace("_tokens", "_mtok");
            case CHARACTERS -> key.replace("_characters", "_mchars");
            case DURATIONS -> key.replace("_seconds", "_hours");
            case PIXELS -> key.replace("_pixels", "_gpixels");
            case DOCUMENT_PAGES -> key.replace("_pages", "_kpages");
            case IMAGES, OTHER -> key;
            case MESSAGES, RERANK, TOOL_CALLS, REQUESTS -> key + "_kcount";
        };
    }
}
