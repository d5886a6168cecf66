package dev.llmops.cost.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookFileTest {

    private static final TokenUsage MILLION_IN = TokenUsage.inclusive(1_000_000, 0);

    @Test
    void an_entry_holds_until_the_next_one_of_its_conditions_begins() {
        PriceBook book = book("""
                prices:
                  - {from: 2026-01-01, rates: {input_tokens: 3, output_tokens: 6}}
                  - {from: 2026-03-13, rates: {input_tokens: 2, output_tokens: 5}}
                """);

        assertAmount(book, at("2026-03-12T23:59:59.999Z"), "3");
        assertAmount(book, at("2026-03-13T00:00:00Z"), "2");
        assertThat(cost(book, at("2025-12-31T23:59:59Z")).state()).isEqualTo(CostState.UNPRICED);
    }

    @Test
    void a_price_has_its_own_source_or_that_of_its_provider() {
        PriceBook book = PriceBook.parse("test", """
                format: llmops-price-book/1
                published: 2026-08-20
                providers: [{id: p, source: "https://p.example/prices, 2026-08-20"}]
                models:
                  - provider: p
                    model: m
                    prices:
                      - {rates: {input_tokens: 3}}
                      - {from: 2026-09-01, source: a letter, rates: {input_tokens: 4}}
                """);

        assertThat(book.find("p", "m").orElseThrow().entries())
                .extracting(PriceEntry::source)
                .containsExactly("https://p.example/prices, 2026-08-20", "a letter");
    }

    @Test
    void one_instant_has_one_price_whatever_zone_it_is_written_in() {
        PriceBook book = book("""
                prices:
                  - {rates: {input_tokens: 10, output_tokens: 40}}
                  - {from: 2025-06-10, rates: {input_tokens: 2, output_tokens: 8}}
                """);

        assertAmount(book, at("2025-06-09T23:30:00Z"), "10");
        assertAmount(book, at("2025-06-10T08:30:00+09:00"), "10");
    }

    @Test
    void a_cliff_charges_the_whole_request_and_a_graduated_price_each_slice() {
        String cliff = "{price: 0.05, tiers: [{above: 256000, price: 0.25}]}";
        String graduated = "{price: 0.05, tiers: [{above: 256000, price: 0.25}], graduated: true}";
        TokenUsage usage = TokenUsage.inclusive(256_001, 1_000);

        assertThat(book(rates(cliff)).price("p", "m", usage, NOW).amount().orElseThrow())
                .isEqualByComparingTo("0.06400025");
        assertThat(book(rates(graduated)).price("p", "m", usage, NOW).amount().orElseThrow())
                .isEqualByComparingTo("0.01280025");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {above: 0, price: 3}                   | 2.0    | 3.0
            {from: 1, price: 3}                    | 2.0    | 3.0
            {above: 999999, price: 0}              | 2.0    | 0
            {above: 1000000, price: 0}             | 2.0    | 2.0
            {from: 1000000, price: 3}              | 2.0    | 3.0
            {above: 1000000000000000, price: 3}    | 2.0    | 2.0
            """)
    void a_tier_may_begin_anywhere(String tier, String base, String aMillion) {
        PriceBook book = book(rates("{price: " + base + ", tiers: [" + tier + "]}"));

        assertThat(book.price("p", "m", TokenUsage.inclusive(0, 0), NOW).amountOrNull())
                .isZero();
        assertThat(book.price("p", "m", TokenUsage.inclusive(1_000_000, 0), NOW).amountOrNull())
                .isEqualByComparingTo(aMillion);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {above: 9223372036854775807, price: 3} | tiers[0].above: is 9223372036854775807 — a whole number up to 1000000000000000
            {above: 1.5, price: 3}                 | tiers[0].above: is 1.5 — a whole number up to 1000000000000000
            {from: -1, price: 3}                   | tiers[0].from: is -1 — 0 or more
            {from: 0, price: 3}                    | the tiers begin at [0] tokens — above 0, each above
            {from: 1, above: 1, price: 3}          | is incomplete
            """)
    void a_tier_that_begins_nowhere_is_refused(String tier, String message) {
        assertRefused(rates("{price: 2, tiers: [" + tier + "]}"), message);
    }

    @Test
    void the_boundary_of_a_tier_belongs_to_the_price() {
        PriceBook above = book(rates("{price: 3, tiers: [{above: 200000, price: 6}]}"));
        PriceBook from = book(rates("{price: 3, tiers: [{from: 200000, price: 6}]}"));
        TokenUsage atTheBoundary = TokenUsage.inclusive(200_000, 0);

        assertThat(above.price("p", "m", atTheBoundary, NOW).amount().orElseThrow())
                .isEqualByComparingTo("0.6");
        assertThat(from.price("p", "m", atTheBoundary, NOW).amount().orElseThrow())
                .isEqualByComparingTo("1.2");
    }

    @Test
    void the_most_specific_conditions_win() {
        PriceBook book = book("""
                prices:
                  - {rates: {input_tokens: 8, output_tokens: 0}}
                  - {when: {service_tier: flex}, rates: {input_tokens: 4, output_tokens: 0}}
                  - {when: {hours: "16:30-00:30"}, rates: {input_tokens: 2, output_tokens: 0}}
                  - {when: {service_tier: flex, hours: "16:30-00:30"}, rates: {input_tokens: 1, output_tokens: 0}}
                """);

        assertAmount(book, at("2026-01-01T12:00:00Z"), "8");
        assertAmount(book, tier("2026-01-01T12:00:00Z", "Flex"), "4");
        assertAmount(book, at("2026-01-01T18:00:00Z"), "2");
        assertAmount(book, tier("2026-01-01T18:00:00Z", "flex"), "1");
    }

    @Test
    void adjustments_multiply_after_the_price_was_chosen() {
        PriceBook book = book("""
                prices:
                  - {rates: {input_tokens: {price: 10, tiers: [{above: 200000, price: 20}]}, output_tokens: 50}}
                adjustments:
                  - {id: eu, when: {region: eu}, factor: 1.1}
                  - {id: long, input_tokens_above: 272000, factor: 1.5, on: output}
                """);
        PricingContext eu = PricingContext.builder(NOW.at()).region("EU").build();

        Cost cost = book.price("p", "m", TokenUsage.inclusive(300_000, 1_000), eu);

        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("6.6825");
        assertThat(cost.components().get(0).priceId()).isEqualTo("p/m#input_tokens@200001*eu");
        assertThat(cost.components().get(1).price()).isEqualByComparingTo("82.5");
    }

    @Test
    void a_correction_changes_the_price_from_when_it_became_known() {
        PriceBook book = book("""
                prices:
                  - {id: wrong, rates: {input_tokens: 30, output_tokens: 0}}
                  - {corrects: wrong, recorded: 2026-02-01, rates: {input_tokens: 3, output_tokens: 0}}
                """);
        Instant january = Instant.parse("2026-01-15T00:00:00Z");

        assertAmount(book, PricingContext.at(january), "3");
        assertAmount(book, PricingContext.builder(january).knownAt(january).build(), "30");
    }

    @Test
    void a_tier_without_price_is_unpriced_unless_the_book_lets_the_standard_price_stand_in() {
        String prices = "prices: [{rates: {input_tokens: 3, output_tokens: 0}}]\n";
        PricingContext priority = tier("2026-01-01T00:00:00Z", "priority");

        Cost strict = book(prices).price("p", "m", MILLION_IN, priority);
        Cost lenient = book(prices + "unknown_service_tier: standard\n").price("p", "m", MILLION_IN, priority);

        assertThat(strict.state()).isEqualTo(CostState.UNPRICED);
        assertThat(strict.reason()).isEqualTo("no price for service tier priority");
        assertThat(lenient.state()).isEqualTo(CostState.ESTIMATED);
        assertThat(lenient.amount().orElseThrow()).isEqualByComparingTo("3");
    }

    @Test
    void models_match_by_name_rule_alias_and_reseller() {
        PriceBook book = PriceBook.parse("book", """
                format: llmops-price-book/1
                published: 2026-08-20
                providers:
                  - {id: google, aliases: [gcp.gemini]}
                  - {id: reseller, resells: google}
                models:
                  - provider: google
                    model: gemini-9
                    match: [gemini-9-latest, {starts_with: gemini-9-0}]
                    prices: [{rates: {input_tokens: 3, output_tokens: 0}}]
                """);

        assertThat(book.find("google", "gemini-9-0102")).isPresent();
        assertThat(book.find("GCP.Gemini", "Gemini-9-Latest")).isPresent();
        assertThat(book.find("reseller", "gemini-9")).isPresent();
        assertThat(book.find("google", "gemini-10")).isEmpty();
        assertThat(book.price("google", "gemini-10", MILLION_IN, NOW).reason())
                .isEqualTo("unknown model google/gemini-10");
    }

    @Test
    void the_version_is_that_of_the_content_not_of_its_form() {
        PriceBook yaml = book("prices: [{rates: {input_tokens: 2.50, output_tokens: 10}}]\n");
        PriceBook json = PriceBook.parse("b.json", """
                {"format": "llmops-price-book/1", "published": "2026-08-20", "models": [{"provider": "p", "model": "m",
                 "prices": [{"rates": {"output_tokens": "10.0", "input_tokens": 2.5}}]}]}""");
        PriceBook other = book("prices: [{rates: {input_tokens: 2.51, output_tokens: 10}}]\n");

        assertThat(yaml.version()).isEqualTo(json.version()).matches("[0-9a-f]{16}");
        assertThat(other.version()).isNotEqualTo(yaml.version());
    }

    @Test
    void the_first_book_wins_over_the_one_it_falls_back_on() {
        PriceBook own = book("prices: [{rates: {input_tokens: 1, output_tokens: 1}}]\n");
        PriceBook other = book("prices: [{rates: {input_tokens: 9, output_tokens: 9}}]\n");

        assertAmount(own.orElse(other), NOW, "1");
        assertThat(own.orElse(other).version()).isEqualTo(own.version() + '+' + other.version());
    }

    @Test
    void all_problems_of_all_files_are_reported_together(@TempDir Path folder) throws IOException {
        Path first = Files.writeString(folder.resolve("first.yml"), """
                format: llmops-price-book/1
                published: 2026-08-20
                models:
                  - provider: p
                    model: m
                    prices:
                      - {rates: {input_tokens: -1, output_tokens: soon, cahe_read_tokens: 1}}
                      - {form: 2026-01-01, rates: {input_tokens: 1}}
                """);
        Path second = Files.writeString(folder.resolve("second.yml"), "format: [");

        assertThatThrownBy(() -> PriceBook.load(first, second, folder.resolve("missing.yml")))
                .isInstanceOf(PriceBookException.class)
                .hasMessageContaining("first.yml: models[0].prices[0].rates.input_tokens: is -1 — 0 or more")
                .hasMessageContaining("models[0].prices[0].rates.output_tokens: is \"soon\" — a number")
                .hasMessageContaining("models[0].prices[0].rates.cahe_read_tokens: is no kind of usage")
                .hasMessageContaining("models[0].prices[1].form: is no field here")
                .hasMessageContaining("second.yml: is no YAML or JSON")
                .hasMessageContaining("missing.yml: cannot be read");
    }

    @Test
    void a_file_with_nothing_in_it_is_empty() {
        assertThatThrownBy(() -> PriceBook.parse("b.yml", ""))
                .isInstanceOf(PriceBookException.class)
                .hasMessageContaining("b.yml: is empty — an object with named fields");
    }

    @Test
    void overlaps_gaps_and_uncovered_combinations_are_refused() {
        assertRefused("""
                prices:
                  - {id: a, from: 2026-01-01, until: 2026-03-01, rates: {input_tokens: 1, output_tokens: 1}}
                  - {id: b, from: 2026-02-01, rates: {input_tokens: 1, output_tokens: 1}}
                """, "p/m: b: overlaps with a");
        assertRefused("""
                prices:
                  - {id: a, until: 2026-02-01, rates: {input_tokens: 1, output_tokens: 1}}
                  - {id: b, from: 2026-03-01, rates: {input_tokens: 1, output_tokens: 1}}
                """, "p/m: b: leaves a gap: nothing holds from 2026-02-01T00:00:00Z");
        assertRefused("""
                prices:
                  - {id: a, rates: {input_tokens: 1, output_tokens: 1}}
                  - {id: b, when: {service_tier: flex}, rates: {input_tokens: 1, output_tokens: 1}}
                  - {id: c, when: {region: eu}, rates: {input_tokens: 1, output_tokens: 1}}
                """, "p/m: c: may hold together with b, and neither is more specific");
        assertRefused("""
                prices:
                  - {id: a, when: {hours: "00:00-12:00"}, rates: {input_tokens: 1, output_tokens: 1}}
                """, "p/m: a: leaves hours without a price, 2024-01-01T12:00:00Z UTC is one");
    }

    @Test
    void a_combination_is_covered_only_where_all_its_values_are_for_as_long_as_they_hold() {
        String flexOrBatchAndEu = """
                prices:
                  - {id: a, rates: {input_tokens: 1, output_tokens: 1}}
                  - {id: b, when: {service_tier: [flex, batch]}, rates: {input_tokens: 1, output_tokens: 1}}
                  - {id: c, when: {region: eu}, rates: {input_tokens: 1, output_tokens: 1}}
                """;
        assertRefused(
                flexOrBatchAndEu
                        + "  - {id: d, when: {service_tier: flex, region: eu}, rates: {input_tokens: 1, output_tokens: 1}}\n",
                "p/m: c: may hold together with b, and neither is more specific");
        assertRefused(
                flexOrBatchAndEu + "  - {id: d, until: 2026-01-01, when: {service_tier: [flex, batch], region: eu},"
                        + " rates: {input_tokens: 1, output_tokens: 1}}\n",
                "p/m: c: may hold together with b, and neither is more specific");
        assertThat(book(flexOrBatchAndEu
                                + "  - {id: d, when: {service_tier: [flex, batch], region: eu}, rates: {input_tokens: 1, output_tokens: 1}}\n")
                        .models())
                .hasSize(1);
    }

    @Test
    void hours_are_covered_only_for_the_same_calls_and_for_as_long_as_they_hold() {
        assertRefused("""
                prices:
                  - {id: a, when: {service_tier: [flex, batch], hours: "00:00-12:00"}, rates: {input_tokens: 1, output_tokens: 1}}
                  - {id: b, when: {service_tier: flex, hours: "12:00-00:00"}, rates: {input_tokens: 1, output_tokens: 1}}
                """, "p/m: a: leaves hours without a price, 2024-01-01T12:00:00Z UTC is one");
        assertRefused(
                """
                prices:
                  - {id: a, when: {hours: "00:00-12:00"}, rates: {input_tokens: 1, output_tokens: 1}}
                  - {id: b, until: 2026-06-01, when: {hours: "12:00-00:00"}, rates: {input_tokens: 1, output_tokens: 1}}
                """,
                "p/m: a: leaves hours without a price, 2024-01-01T12:00:00Z UTC is one, from 2026-06-01T00:00:00Z on");
    }

    @Test
    void a_priced_part_needs_a_priced_whole_and_two_that_overlap_a_priced_overlap() {
        assertRefused(
                "prices: [{id: a, rates: {cache_write_1h_tokens: 6}}]\n",
                "a: rates: cache_write_tokens must be priced too",
                "a: rates: input_tokens must be priced too");
        assertRefused(
                "prices: [{id: a, rates: {input_tokens: 1, cache_read_tokens: 0.1, input_audio_tokens: 3}}]\n",
                "a: rates: cache_audio_read_tokens must be priced too, because both cache_read_tokens and input_audio_tokens are");
    }

    private static final PricingContext NOW = at("2026-01-01T00:00:00Z");

    private static PriceBook book(String model) {
        return PriceBook.parse("book", """
                format: llmops-price-book/1
                published: 2026-08-20
                models:
                  - provider: p
                    model: m
                """ + model.indent(4));
    }

    private static String rates(String input) {
        return "prices: [{rates: {input_tokens: " + input + ", output_tokens: 0}}]\n";
    }

    private static PricingContext at(String instant) {
        return PricingContext.at(java.time.OffsetDateTime.parse(instant).toInstant());
    }

    private static PricingContext tier(String instant, String tier) {
        return PricingContext.builder(Instant.parse(instant)).serviceTier(tier).build();
    }

    private static Cost cost(PriceBook book, PricingContext context) {
        return book.price("p", "m", MILLION_IN, context);
    }

    private static void assertAmount(PriceBook book, PricingContext context, String amount) {
        assertThat(cost(book, context).amount().orElseThrow()).isEqualByComparingTo(amount);
        assertThat(cost(book, context).state()).isEqualTo(CostState.EXACT);
    }

    private static void assertRefused(String model, String... messages) {
        assertThatThrownBy(() -> book(model))
                .isInstanceOf(PriceBookException.class)
                .message()
                .contains(messages);
    }
}
