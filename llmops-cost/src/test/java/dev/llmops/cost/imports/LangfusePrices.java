package dev.llmops.cost.imports;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.cost.book.Costs;
import dev.llmops.cost.internal.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Prices usage as Langfuse does, for comparing its figures with ours: amounts per unit, by usage keys that are free text
 * and stand for disjoint buckets.
 *
 * <p>Of several tiers the first by priority wins whose conditions all hold; else the default one. A condition compares
 * the sum of the usage keys that a regular expression finds, or looks for a model parameter or metadata value in a list;
 * an expression that does not compile never holds. Langfuse bills keys without a price at nothing; here they make the
 * cost unpriced, and {@link Costs#pricedPart} is Langfuse's figure. The key {@code total} is not billed.
 *
 * @since 0.1.0
 */
public final class LangfusePrices {

    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final int MAX_PATTERN_LENGTH = 200;
    private static final String TOTAL = "total";

    private final JsonNode defaultPrices;
    private final List<JsonNode> conditionalTiers;

    private LangfusePrices(JsonNode defaultPrices, List<JsonNode> conditionalTiers) {
        this.defaultPrices = defaultPrices;
        this.conditionalTiers = conditionalTiers;
    }

    /**
     * Reads one price map, or a list of tiers.
     *
     * @param json an object of amounts by usage key, or an array of {@code {isDefault, priority, conditions, prices}}
     * @return the prices
     * @throws IllegalArgumentException if the text is neither, or if not exactly one tier is the default
     */
    public static LangfusePrices parse(String json) {
        JsonNode root = Json.json(json);
        if (root.isObject()) {
            return new LangfusePrices(root, List.of());
        }
        List<JsonNode> tiers = StreamSupport.stream(root.spliterator(), false).toList();
        List<JsonNode> defaults = tiers.stream()
                .filter(tier -> tier.path("isDefault").asBoolean())
                .toList();
        if (defaults.size() != 1) {
            throw new IllegalArgumentException("exactly one tier must be the default, but " + defaults.size() + " are");
        }
        List<JsonNode> conditional = tiers.stream()
                .filter(tier -> !tier.path("isDefault").asBoolean())
                .sorted(Comparator.comparingInt(tier -> tier.path("priority").asInt()))
                .toList();
        return new LangfusePrices(defaults.get(0).path("prices"), conditional);
    }

    /**
     * Prices a usage.
     *
     * @param usage how much of each key was used
     * @param modelParameters what conditions on {@code model_parameters} look at
     * @param metadata what conditions on {@code metadata} look at
     * @return the cost, with one component a key
     */
    public Cost price(
            Map<String, ? extends Number> usage, Map<String, String> modelParameters, Map<String, String> metadata) {
        JsonNode prices = conditionalTiers.stream()
                .filter(tier -> StreamSupport.stream(tier.path("conditions").spliterator(), false)
                        .allMatch(condition -> holds(condition, usage, modelParameters, metadata)))
                .findFirst()
                .map(tier -> tier.path("prices"))
                .orElse(defaultPrices);
        List<CostComponent> components = new ArrayList<>();
        List<String> unpriced = new ArrayList<>();
        usage.forEach((key, count) -> {
            BigDecimal quantity = new BigDecimal(count.toString());
            BigDecimal price = Json.price(prices.get(key));
            if (price != null && quantity.signum() > 0) {
                components.add(new CostComponent(key, quantity, price, ONE, quantity.multiply(price), null));
            } else if (quantity.signum() > 0 && !key.equals(TOTAL)) {
                unpriced.add(key);
            }
        });
        return unpriced.isEmpty()
                ? new Cost(CostState.EXACT, Costs.sum(components), "USD", components, null)
                : Costs.unpriced("USD", components, "no price for " + String.join(", ", unpriced));
    }

    private static boolean holds(
            JsonNode condition,
            Map<String, ? extends Number> usage,
            Map<String, String> modelParameters,
            Map<String, String> metadata) {
        if (condition.has("usageDetailPattern")) {
            return compares(condition, usage);
        }
        Map<String, String> source =
                condition.path("source").asString("").equals("metadata") ? metadata : modelParameters;
        Set<String> allowed = new HashSet<>();
        condition.path("values").forEach(value -> allowed.add(value.asString()));
        String actual = source.get(condition.path("key").asString(""));
        return actual != null && allowed.contains(actual);
    }

    private static boolean compares(JsonNode condition, Map<String, ? extends Number> usage) {
        String expression = condition.path("usageDetailPattern").asString();
        if (expression.length() > MAX_PATTERN_LENGTH) {
            return false;
        }
        Pattern pattern;
        try {
            int flags = condition.path("caseSensitive").asBoolean(false) ? 0 : Pattern.CASE_INSENSITIVE;
            pattern = Pattern.compile(expression, flags);
        } catch (PatternSyntaxException e) {
            return false;
        }
        BigDecimal sum = usage.entrySet().stream()
                .filter(count -> pattern.matcher(count.getKey()).find())
                .map(count -> new BigDecimal(count.getValue().toString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        int order = sum.compareTo(condition.path("value").decimalValue());
        return switch (condition.path("operator").asString("")) {
            case "gt" -> order > 0;
            case "gte" -> order >= 0;
            case "lt" -> order < 0;
            case "lte" -> order <= 0;
            case "eq" -> order == 0;
            case "neq" -> order != 0;
            default -> false;
        };
    }
}
