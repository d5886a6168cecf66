package dev.llmops.cost.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists with slips: each is reported, and costs no other model. */
class OddListsTest {

    private static final Instant DAY = Instant.parse("2026-08-21T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a byte order mark | \uFEFF{"m": {"litellm_provider": "x", "input_cost_per_token": 1e-6}}
            a trailing comma  | {"m": {"litellm_provider": "x", "input_cost_per_token": 1e-6},}
            a comment         | {/* new */ "m": {"litellm_provider": "x", "input_cost_per_token": 1e-6}}
            no number         | {"n": {"litellm_provider": "x", "input_cost_per_token": NaN}, "m": {"litellm_provider": "x", "input_cost_per_token": 1e-6}}
            """)
    void a_stray_sign_does_not_lose_the_file(String slip, String list) {
        assertThat(price(PriceFormat.LITELLM, list, "x", "m", TokenUsage.inclusive(1_000_000, 0)))
                .as(slip)
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"global, 1", "europe-west9, 1.1", "us, 1.1", "'', 1"})
    void the_regional_endpoints_of_litellm_are_those_of_vertex(String region, String amount) {
        PriceBook book = PriceFormat.LITELLM.read("""
                        {"vertex_ai/g": {"litellm_provider": "vertex_ai", "input_cost_per_token": 1e-6,
                          "regional_endpoint_uplift_multiplier": 1.1}}""", DAY).book();

        Cost cost = book.price(
                "vertex_ai",
                "g",
                TokenUsage.inclusive(1_000_000, 0),
                PricingContext.builder(DAY).region(region).build());

        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "start_date": "soon" | start_date is "soon" — a date such as 2026-08-20
            "start_time": "noon", "end_time": "13:00:00Z" | a time of day is "noon" — a time such as 16:30:00Z
            """)
    void a_constraint_that_is_no_time_says_what_is_allowed(String constraint, String message) {
        PriceImport imported = PriceFormat.GENAI_PRICES.read("""
                [{"id": "x", "models": [{"id": "g", "prices": [{"prices": {"input_mtok": 1}},
                  {"constraint": {%s}, "prices": {"input_mtok": 2}}]}]}]""".formatted(constraint), DAY);

        assertThat(imported.report().findings())
                .extracting(PriceImport.Report.Finding::message)
                .containsExactly(message);
    }

    @Test
    void a_model_that_is_there_twice_has_its_last_price_and_is_reported() {
        String litellm = """
                {"GPT": {"litellm_provider": "x", "input_cost_per_token": 1e-6},
                 "gpt": {"litellm_provider": "x", "input_cost_per_token": 2e-6}}""";
        String openrouter = """
                {"data": [{"id": "gpt", "pricing": {"prompt": "0.000001", "completion": "0"}},
                          {"id": "gpt", "pricing": {"prompt": "0.000002", "completion": "0"}}]}""";
        String genai = """
                [{"id": "x", "models": [{"id": "gpt", "prices": {"input_mtok": 1}}, {"id": "gpt", "prices": {"input_mtok": 2}}]}]""";
        TokenUsage million = TokenUsage.inclusive(1_000_000, 0);

        assertThat(price(PriceFormat.LITELLM, litellm, "x", "gpt", million)).isEqualTo("2");
        assertThat(price(PriceFormat.OPENROUTER, openrouter, "openrouter", "gpt", million))
                .isEqualTo("2");
        assertThat(price(PriceFormat.GENAI_PRICES, genai, "x", "gpt", million)).isEqualTo("2");
        for (PriceImport imported : List.of(
                PriceFormat.LITELLM.read(litellm, DAY),
                PriceFormat.OPENROUTER.read(openrouter, DAY),
                PriceFormat.GENAI_PRICES.read(genai, DAY))) {
            assertThat(imported.report().findings(PriceImport.Report.Kind.DUPLICATE))
                    .hasSize(1);
            assertThat(PriceBook.parse("again", imported.book().toJson()).version())
                    .isEqualTo(imported.book().version());
        }
    }

    @Test
    void what_names_no_provider_or_model_is_left_out_and_the_book_can_be_written_back() {
        PriceImport imported = PriceFormat.LITELLM.read("""
                {"": {"litellm_provider": "x", "input_cost_per_token": 1e-6}, "m": {"input_cost_per_token": 1e-6},
                 "n": {"litellm_provider": "x", "input_cost_per_token": 1e-6}}""", DAY);

        assertThat(imported.report().findings(PriceImport.Report.Kind.SKIPPED))
                .extracting(PriceImport.Report.Finding::message)
                .containsOnly("does not name both provider and model")
                .hasSize(2);
        assertThat(PriceBook.parse("again", imported.book().toJson()).models()).hasSize(1);
        assertThat(PriceFormat.GENAI_PRICES
                        .read("[5, {\"models\": []}, {\"id\": \"x\", \"models\": [{}]}]", DAY)
                        .report()
                        .findings())
                .hasSize(3);
    }

    @Test
    void rows_of_a_table_may_stand_in_any_order_and_the_last_may_be_open() {
        String list = """
                {"m": {"litellm_provider": "x", "tiered_pricing": [
                   {"range": [128000, null], "input_cost_per_token": 3e-7, "output_cost_per_token": 9e-7},
                   {"range": ["0", 1.28e5], "input_cost_per_token": 1e-7, "output_cost_per_token": 4e-7}]}}""";

        assertThat(price(PriceFormat.LITELLM, list, "x", "m", TokenUsage.inclusive(128_000, 1_000)))
                .isEqualTo("0.0132");
        assertThat(price(PriceFormat.LITELLM, list, "x", "m", TokenUsage.inclusive(2_000_000, 1_000)))
                .isEqualTo("0.6009");
    }

    @Test
    void tiers_of_genai_prices_may_stand_in_any_order() {
        String list = """
                [{"id": "x", "models": [{"id": "m", "prices": {"input_mtok":
                   {"base": 1, "tiers": [{"start": 200000, "price": 2}, {"start": 100000, "price": 1.5}]}}}]}]""";

        assertThat(price(PriceFormat.GENAI_PRICES, list, "x", "m", TokenUsage.inclusive(200_000, 0)))
                .isEqualTo("0.3");
        assertThat(price(PriceFormat.GENAI_PRICES, list, "x", "m", TokenUsage.inclusive(300_000, 0)))
                .isEqualTo("0.6");
    }

    @Test
    void a_size_below_nothing_is_no_tier() {
        String modelsDev = """
                {"x": {"models": {"m": {"cost": {"input": 2, "tiers": [{"input": 9, "tier": {"type": "context", "size": -1}},
                   {"input": 4, "tier": {"type": "context", "size": "200000"}}]}}}}}""";
        String openrouter = """
                {"data": [{"id": "m", "pricing": {"prompt": "0.000002", "completion": "0", "overrides": [
                   {"min_prompt_tokens": -4, "prompt": "0.000009"}, {"min_prompt_tokens": "200001", "prompt": "0.000004"}]}}]}""";

        for (long tokens : List.of(200_000L, 200_001L)) {
            String expected = tokens == 200_000L ? "0.4" : "0.800004";
            TokenUsage prompt = TokenUsage.inclusive(tokens, 0);
            assertThat(price(PriceFormat.MODELS_DEV, modelsDev, "x", "m", prompt))
                    .isEqualTo(expected);
            assertThat(price(PriceFormat.OPENROUTER, openrouter, "openrouter", "m", prompt))
                    .isEqualTo(expected);
        }
        assertThat(PriceFormat.MODELS_DEV.read(modelsDev, DAY).report().findings())
                .hasSize(1);
        assertThat(PriceFormat.OPENROUTER.read(openrouter, DAY).report().findings())
                .hasSize(1);
    }

    @Test
    void blocks_that_are_none_are_reported_and_cost_no_other_price() {
        String list = """
                {"m": {"litellm_provider": "x", "input_cost_per_token": 1e-6, "off_peak_pricing": "cheap", "provider_specific_entry": 5,
                   "search_context_cost_per_query": {"search_context_size_medium": 0.02, "search_context_size_high": "x"}},
                 "n": {"litellm_provider": "x", "input_cost_per_token": 1e-6, "off_peak_pricing": {"input_cost_per_token": 5e-7},
                   "search_context_cost_per_query": 0.03, "tiered_pricing": [{"range": [9, 5], "input_cost_per_token": 3e-7}]}}""";

        assertThat(price(
                        PriceFormat.LITELLM,
                        list,
                        "x",
                        "m",
                        TokenUsage.inclusive(1_000_000, 0).with(UsageKind.WEB_SEARCHES, 1)))
                .isEqualTo("1.02");
        assertThat(PriceFormat.LITELLM.read(list, DAY).report().findings())
                .extracting(finding -> finding.model() + ' ' + finding.key())
                .contains(
                        "m off_peak_pricing",
                        "m provider_specific_entry",
                        "m search_context_cost_per_query",
                        "n off_peak_pricing",
                        "n search_context_cost_per_query",
                        "n tiered_pricing");
    }

    @Test
    void hours_may_end_with_the_day() {
        String list = """
                {"m": {"litellm_provider": "x", "input_cost_per_token": 1e-6,
                   "off_peak_pricing": {"hours_utc": "16:30-24:00", "input_cost_per_token": 5e-7}}}""";

        Cost late = PriceFormat.LITELLM
                .read(list, DAY)
                .book()
                .price(
                        "x",
                        "m",
                        TokenUsage.inclusive(1_000_000, 0),
                        PricingContext.at(Instant.parse("2026-08-21T23:59:59Z")));

        assertThat(late.amount().orElseThrow()).isEqualByComparingTo("0.5");
    }

    private static String price(PriceFormat format, String list, String provider, String model, TokenUsage usage) {
        Cost cost = format.read(list, DAY).book().price(provider, model, usage, PricingContext.at(DAY));
        assertThat(cost.state()).as(String.valueOf(cost.reason())).isEqualTo(CostState.EXACT);
        return cost.amount().orElseThrow().stripTrailingZeros().toPlainString();
    }
}
