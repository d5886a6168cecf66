package dev.llmops.cost.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices on Vertex AI, where the endpoint decides, and of grounding with Google Maps. */
class VertexPricesTest {

    private static final PriceBook BOOK = PriceBook.bundled();

    private static Cost price(String model, String region, String at) {
        PricingContext.Builder context = PricingContext.builder(Instant.parse(at));
        if (region != null) {
            context.region(region);
        }
        return BOOK.price(
                "gcp.vertex_ai", model, TokenUsage.inclusive(100_000, 10_000).cachedInput(50_000), context.build());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            claude-sonnet-4-5@20250929, global,          2026-08-21T12:00:00Z, 0.315,   EXACT
            claude-sonnet-4-5@20250929, europe-west1,    2026-08-21T12:00:00Z, 0.3465,  EXACT
            claude-sonnet-4-5@20250929, EU,              2026-08-21T12:00:00Z, 0.3465,  EXACT
            claude-sonnet-4-5@20250929, us,              2026-08-21T12:00:00Z, 0.3465,  EXACT
            claude-sonnet-4-5@20250929, -,               2026-08-21T12:00:00Z, 0.315,   ESTIMATED
            claude-sonnet-4-5@20250929, africa-south1,   2026-08-21T12:00:00Z, 0.315,   ESTIMATED
            claude-haiku-4-5@20251001,  us-east5,        2026-08-21T12:00:00Z, 0.1155,  EXACT
            claude-opus-4-6,            us,              2026-08-21T12:00:00Z, 0.5775,  EXACT
            claude-opus-4-6,            us,              2026-03-12T12:00:00Z, 0.5775,  EXACT
            claude-opus-5-5,            asia-southeast1, 2026-09-23T12:00:00Z, 0.451,   EXACT
            claude-opus-4-1@20250805,   us-east5,        2026-08-21T12:00:00Z, 1.575,   EXACT
            claude-sonnet-4@20250514,   europe-west1,    2026-08-21T12:00:00Z, 0.315,   EXACT
            gemini-3.5-flash,           -,               2026-08-21T12:00:00Z, 0.1725,  EXACT
            gemini-3.5-flash,           global,          2026-08-21T12:00:00Z, 0.1725,  EXACT
            gemini-3.5-flash,           us-central1,     2026-08-21T12:00:00Z, 0.18975, ESTIMATED
            gemini-3.5-flash,           us-central1,     2026-06-30T23:59:59Z, 0.1725,  EXACT
            gemini-2.5-flash,           us-central1,     2026-08-21T12:00:00Z, 0.0415,  EXACT
            """)
    void regional_endpoints_cost_a_tenth_more(String model, String region, String at, String amount, CostState state) {
        Cost cost = price(model, region, at);

        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo(amount);
        assertThat(cost.state()).isEqualTo(state);
    }

    @Test
    void an_estimate_says_that_the_region_is_not_known() {
        assertThat(price("claude-haiku-4-5", null, "2026-08-21T12:00:00Z").reason())
                .contains("regional and multi-region endpoints cost a tenth more; that a call is global is assumed");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash, 0.025, EXACT",
        "gemini-2.5-pro, 0.025, EXACT",
        "gemini-3.5-flash, 0.014, ESTIMATED",
    })
    void an_answer_grounded_on_maps_costs_more(String model, String fee, CostState state) {
        PricingContext august = PricingContext.at(Instant.parse("2026-08-21T12:00:00Z"));
        TokenUsage usage = TokenUsage.inclusive(1_000, 100);

        Cost plain = BOOK.price("google", model, usage, august);
        Cost grounded = BOOK.price("google", model, usage.with(UsageKind.MAP_SEARCHES, 1), august);

        assertThat(grounded.amount().orElseThrow().subtract(plain.amount().orElseThrow()))
                .isEqualByComparingTo(new BigDecimal(fee));
        assertThat(grounded.state()).isEqualTo(state);
    }
}
