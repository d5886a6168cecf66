package dev.llmops.cost.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.Adjustment;
import dev.llmops.cost.book.Conditions;
import dev.llmops.cost.book.Costs;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceEntry;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.book.Rate;
import dev.llmops.cost.internal.Json;
import dev.llmops.cost.testing.CostCases;
import dev.llmops.cost.usage.UsageMaps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class OtherFormatsCasesTest {

    private static final PricingContext ANY_TIME = PricingContext.at(Instant.EPOCH);

    @Test
    void every_case_is_in_a_format_that_a_test_reads() {
        assertThat(CostCases.cases("cases").map(each -> each.path("priceFormat").asString()))
                .isSubsetOf(
                        "genai-prices", "litellm", "litellm-sheet", "langfuse", "helicone", "openlit", "image-table");
    }

    static Stream<JsonNode> langfuse() {
        return CostCases.ofFormat("langfuse");
    }

    static Stream<JsonNode> helicone() {
        return CostCases.ofFormat("helicone");
    }

    static Stream<JsonNode> openlit() {
        return CostCases.ofFormat("openlit");
    }

    static Stream<JsonNode> sheets() {
        return CostCases.ofFormat("litellm-sheet");
    }

    static Stream<JsonNode> imageTables() {
        return CostCases.ofFormat("image-table");
    }

    @ParameterizedTest
    @MethodSource("langfuse")
    void langfuse_tiers_give_the_exact_cost_and_its_components(JsonNode each) {
        String prices = each.has("tiers")
                ? each.path("tiers").toString()
                : each.path("prices").toString();
        Cost cost = LangfusePrices.parse(prices)
                .price(
                        CostCases.usage(each.path("usage")),
                        strings(each.path("attributes").path("modelParameters")),
                        strings(each.path("attributes").path("metadata")));

        assertHolds(each, cost);
    }

    @ParameterizedTest
    @MethodSource("helicone")
    void helicone_tiers_give_the_exact_cost_and_its_components(JsonNode each) {
        Cost cost = HeliconePrices.price(
                each.path("provider").asString(),
                each.path("prices").toString(),
                each.path("usage").toString());

        assertHolds(each, cost);
    }

    @ParameterizedTest
    @MethodSource("openlit")
    void prices_per_thousand_give_the_exact_cost(JsonNode each) {
        JsonNode prices = each.path("prices");
        BigDecimal per = prices.path("per").decimalValue();
        Map<UsageKind, Rate> rates = Map.of(
                UsageKind.INPUT_TOKENS, Rate.flat(Json.price(prices.path("promptPrice")), per),
                UsageKind.OUTPUT_TOKENS, Rate.flat(Json.price(prices.path("completionPrice")), per),
                UsageKind.CACHE_READ_TOKENS, Rate.flat(Json.price(prices.path("cacheReadPrice")), per),
                UsageKind.CACHE_WRITE_TOKENS, Rate.flat(Json.price(prices.path("cacheCreationPrice")), per));
        ModelPrices model = ModelPrices.builder("openlit", "m")
                .addEntry(PriceEntry.always("e", rates))
                .build();

        assertHolds(each, model.price(UsageMaps.inclusive(CostCases.usage(each.path("usage"))), ANY_TIME));
    }

    @ParameterizedTest
    @MethodSource("sheets")
    void multipliers_compose_after_the_price_is_chosen(JsonNode each) {
        JsonNode prices = each.path("prices");
        Map<UsageKind, Rate> rates = new TreeMap<>();
        prices.path("sheet")
                .properties()
                .forEach(price -> rates.put(
                        LiteLlmKey.parse(price.getKey(), "chat").orElseThrow().kind(),
                        Rate.flat(Json.price(price.getValue()), BigDecimal.ONE)));
        ModelPrices model = ModelPrices.builder("openai", "m")
                .addEntry(PriceEntry.always("e", rates))
                .addAdjustment(Adjustment.onAll(
                        "tier", Conditions.NONE, prices.path("tierMultiplier").asDecimal()))
                .addAdjustment(side("in", Adjustment.Side.INPUT, prices.path("inputMultiplier")))
                .addAdjustment(side("out", Adjustment.Side.OUTPUT, prices.path("outputMultiplier")))
                .build();

        assertHolds(each, model.price(UsageMaps.inclusive(CostCases.usage(each.path("usage"))), ANY_TIME));
    }

    /** The quality and size that the response reports win over those that were asked for. */
    @ParameterizedTest
    @MethodSource("imageTables")
    void images_are_priced_by_quality_and_size(JsonNode each) {
        ModelPrices.Builder model = ModelPrices.builder("xai", "m");
        each.path("prices").properties().forEach(price -> {
            String[] parts = price.getKey().split("/");
            Conditions when = parts.length == 1
                    ? Conditions.NONE
                    : new Conditions(Map.of("quality", Set.of(parts[0]), "size", Set.of(parts[1])), null);
            Rate rate = Rate.flat(Json.price(price.getValue()), BigDecimal.ONE);
            model.addEntry(PriceEntry.always(price.getKey(), Map.of(UsageKind.OUTPUT_IMAGES, rate))
                    .when(when));
        });
        JsonNode usage = each.path("usage");
        String quality = usage.path("responseQuality")
                .asString(usage.path("requestedQuality").asString(""));
        String size = usage.path("requestedSize").asString("auto");
        PricingContext context = PricingContext.builder(Instant.EPOCH)
                .attribute("quality", quality)
                .attribute("size", size.equals("auto") ? "1024x1024" : size)
                .build();
        TokenUsage images = TokenUsage.inclusive(0, 0)
                .with(UsageKind.OUTPUT_IMAGES, usage.path("images").asLong());

        assertThat(model.build().price(images, context).amount().orElseThrow())
                .isEqualByComparingTo(CostCases.total(each));
    }

    private static Adjustment side(String id, Adjustment.Side side, JsonNode factor) {
        return new Adjustment(id, null, null, Conditions.NONE, 0, factor.asDecimal(), Set.of(side));
    }

    private static void assertHolds(JsonNode each, Cost cost) {
        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo(CostCases.total(each));
        assertThat(Costs.replay(cost)).isEqualByComparingTo(CostCases.total(each));
        Map<String, List<BigDecimal>> expected = new TreeMap<>();
        each.path("components")
                .forEach(c -> expected.put(
                        c.get(0).asString(),
                        Stream.of(1, 2, 3, 4)
                                .map(i -> strip(Json.decimal(c.get(i))))
                                .toList()));
        assertThat(components(cost)).isEqualTo(expected);
    }

    private static Map<String, List<BigDecimal>> components(Cost cost) {
        Map<String, List<BigDecimal>> components = new TreeMap<>();
        for (CostComponent c : cost.components()) {
            components.put(
                    c.bucket(), List.of(strip(c.quantity()), strip(c.price()), strip(c.per()), strip(c.amount())));
        }
        return components;
    }

    private static BigDecimal strip(BigDecimal value) {
        return new BigDecimal(value.stripTrailingZeros().toPlainString());
    }

    private static Map<String, String> strings(JsonNode node) {
        Map<String, String> map = new HashMap<>();
        node.properties().forEach(each -> map.put(each.getKey(), each.getValue().asString()));
        return map;
    }
}
