package dev.llmops.cost.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.cost.book.Costs;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBookException;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.internal.Json;
import dev.llmops.cost.testing.CostCases;
import dev.llmops.cost.usage.UsageException;
import dev.llmops.cost.usage.UsageMaps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class GenaiPricesCasesTest {

    private static final PricingContext ANY_TIME = PricingContext.at(Instant.parse("2025-11-06T12:00:00Z"));

    static Stream<JsonNode> cases() {
        return CostCases.ofFormat("genai-prices");
    }

    static Stream<JsonNode> errors() {
        return CostCases.errorCases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_price_map_gives_the_exact_cost_and_its_components(JsonNode each) {
        ModelPrices prices = GenaiPricesFormat.parsePrices(each.path("prices").toString());

        Cost cost = prices.priceStrictly(UsageMaps.inclusive(CostCases.usage(each.path("usage"))), ANY_TIME);

        assertThat(Costs.pricedPart(cost)).isEqualByComparingTo(CostCases.total(each));
        assertThat(Costs.replay(cost)).isEqualByComparingTo(CostCases.total(each));
        assertThat(components(cost)).isEqualTo(expectedComponents(each));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_ambiguous_price_map_or_usage_is_refused(JsonNode each) {
        assertThatThrownBy(
                        () -> GenaiPricesFormat.parsePrices(each.path("prices").toString())
                                .priceStrictly(UsageMaps.inclusive(CostCases.usage(each.path("usage"))), ANY_TIME))
                .isInstanceOfAny(PriceBookException.class, UsageException.class)
                .message()
                .containsAnyOf(keysOf(each));
    }

    private static String[] keysOf(JsonNode each) {
        return Stream.concat(each.path("prices").propertyNames().stream(), each.path("usage").propertyNames().stream())
                .toArray(String[]::new);
    }

    private static Map<String, String> components(Cost cost) {
        Map<String, String> map = new TreeMap<>();
        for (CostComponent each : cost.components()) {
            map.put(
                    each.bucket(),
                    plain(each.quantity()) + " at " + plain(each.price()) + " is " + plain(each.amount()));
        }
        return map;
    }

    private static Map<String, String> expectedComponents(JsonNode each) {
        Map<String, String> map = new TreeMap<>();
        for (JsonNode c : each.path("components")) {
            map.put(
                    c.get(0).asString(),
                    plain(Json.decimal(c.get(1))) + " at " + plain(Json.decimal(c.get(2))) + " is "
                            + plain(Json.decimal(c.get(4))));
        }
        return map;
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
