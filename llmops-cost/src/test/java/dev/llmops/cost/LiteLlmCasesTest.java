package dev.llmops.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.Costs;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.imports.LiteLlmFormat;
import dev.llmops.cost.internal.Json;
import dev.llmops.cost.testing.CostCases;
import dev.llmops.cost.usage.UsageMaps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class LiteLlmCasesTest {

    static Stream<JsonNode> cases() {
        return CostCases.ofFormat("litellm");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void an_entry_gives_the_exact_cost_and_its_components(JsonNode each) {
        Cost cost = price(each);

        if (!isPartial(each)) {
            assertThat(Costs.pricedPart(cost)).isEqualByComparingTo(CostCases.total(each));
            assertThat(Costs.replay(cost)).isEqualByComparingTo(CostCases.total(each));
            assertThat(quantityByPrice(cost)).isEqualTo(expectedQuantityByPrice(each));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void input_and_output_are_charged_apart(JsonNode each) {
        Cost cost = price(each);

        if (each.path("exact").asBoolean()) {
            assertSide(each, "inputCost", cost, UsageKind::isInput);
            assertSide(each, "outputCost", cost, UsageKind::isOutput);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_price_taken_from_another_tier_is_no_exact_cost(JsonNode each) {
        boolean fallback = each.path("flags").toString().contains("silent-tier-fallback");

        if (fallback) {
            assertThat(price(each).state()).isEqualTo(CostState.ESTIMATED);
        }
    }

    private static Cost price(JsonNode each) {
        ModelPrices prices = LiteLlmFormat.parseEntry(
                each.path("provider").asString(),
                each.path("model").asString(),
                each.path("prices").toString());
        boolean resolved = each.has("ratesResolvedFor");
        boolean batch = each.path("processing").asString("").equals("batch");
        PricingContext context = PricingContext.builder(
                        Instant.parse(each.path("timestamp").asString("2026-01-01T00:00:00Z")))
                .serviceTier(
                        batch
                                ? "batch"
                                : resolved ? null : each.path("serviceTier").stringValue(null))
                .region(each.path("region").stringValue(null))
                .build();
        return prices.price(UsageMaps.inclusive(CostCases.usage(each.path("usage"))), context);
    }

    private static boolean isPartial(JsonNode each) {
        return each.path("flags").toString().contains("partial");
    }

    private static void assertSide(JsonNode each, String field, Cost cost, Predicate<UsageKind> side) {
        BigDecimal expected = Json.decimal(each.path("expected").path(field));
        if (expected != null) {
            BigDecimal actual = cost.components().stream()
                    .filter(c -> side.test(UsageKind.ofKey(c.bucket()).orElseThrow()))
                    .map(CostComponent::amount)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(actual).as(field).isEqualByComparingTo(expected);
        }
    }

    private static Map<BigDecimal, BigDecimal> quantityByPrice(Cost cost) {
        Map<BigDecimal, BigDecimal> quantities = new TreeMap<>();
        cost.components().forEach(c -> quantities.merge(strip(c.price()), strip(c.quantity()), BigDecimal::add));
        return quantities;
    }

    private static Map<BigDecimal, BigDecimal> expectedQuantityByPrice(JsonNode each) {
        Map<BigDecimal, BigDecimal> quantities = new TreeMap<>();
        each.path("components")
                .forEach(c -> quantities.merge(
                        strip(Json.decimal(c.get(2))), strip(Json.decimal(c.get(1))), BigDecimal::add));
        return quantities;
    }

    private static BigDecimal strip(BigDecimal value) {
        return new BigDecimal(value.stripTrailingZeros().toPlainString());
    }
}
