package dev.llmops.cost.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.book.Costs;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceEntry;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.internal.Json;
import dev.llmops.cost.testing.CostCases;
import dev.llmops.cost.usage.UsageMaps;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class PriceImportsTest {

    private static final Instant PUBLISHED = Instant.parse("2026-08-21T00:00:00Z");
    private static final Instant SNAPSHOTS_PRICED = Instant.parse("2025-11-06T12:00:00Z");

    static Stream<Path> liteLlmFiles() {
        return CostCases.imports("litellm");
    }

    static Stream<Path> genaiPricesFiles() {
        return CostCases.imports("genai-prices");
    }

    @ParameterizedTest
    @MethodSource("liteLlmFiles")
    void the_report_of_a_litellm_file_counts_what_is_there(Path file) {
        JsonNode facts = CostCases.facts(file);

        PriceImport.Report report = liteLlm(file).report();

        assertThat(report.entries()).isEqualTo(facts.path("entries").asInt());
        assertThat(report.findings(PriceImport.Report.Kind.WITHOUT_PRICE))
                .hasSize(facts.path("withoutAnyPrice").asInt());
        assertThat(report.findings(PriceImport.Report.Kind.SKIPPED))
                .hasSize(facts.path("sampleSpec").asBoolean() ? 1 : 0);
        assertThat(new TreeMap<>(report.priceKeys())).isEqualTo(counts(facts.path("priceKeys")));
    }

    @ParameterizedTest
    @MethodSource("genaiPricesFiles")
    void the_report_of_genai_prices_counts_what_is_there(Path file) {
        JsonNode facts = CostCases.facts(file);

        PriceImport genai = genaiPrices(file);

        assertThat(genai.report().models()).isEqualTo(facts.path("models").asInt());
        assertThat(genai.book().models().stream().map(ModelPrices::provider).distinct())
                .hasSize(facts.path("providers").asInt());
        assertThat(genai.report().findings(PriceImport.Report.Kind.WITHOUT_PRICE))
                .hasSize(facts.path("modelsWithoutPrices").asInt());
        assertThat(genai.report().findings(PriceImport.Report.Kind.SKIPPED)).isEmpty();
        assertThat(new TreeMap<>(genai.report().priceKeys())).isEqualTo(counts(facts.path("priceKeys")));
        assertThat(modelsWith(
                        genai.book(),
                        entry -> entry.rates().values().stream()
                                .anyMatch(rate -> rate.steps().size() > 1)))
                .isEqualTo(facts.path("modelsWithTiers").asLong());
        assertThat(genai.book().models().stream().filter(m -> m.entries().size() > 1))
                .hasSize(facts.path("modelsWithConditionalPrices").asInt());
        assertThat(modelsWith(genai.book(), entry -> entry.when().times() != null))
                .isEqualTo(facts.path("timeOfDayConstraints").asLong());
    }

    @Test
    void what_a_book_cannot_say_is_reported_by_key() {
        List<PriceImport.Report.Finding> notRepresented = new ArrayList<>();
        List<PriceImport.Report.Finding> rounded = new ArrayList<>();
        liteLlmFiles().map(file -> liteLlm(file).report()).forEach(report -> {
            notRepresented.addAll(report.findings(PriceImport.Report.Kind.NOT_REPRESENTED));
            rounded.addAll(report.findings(PriceImport.Report.Kind.ROUNDED));
        });

        assertThat(notRepresented)
                .extracting(PriceImport.Report.Finding::key)
                .contains("output_cost_per_image_above_512_and_512_pixels")
                .contains("input_dbu_cost_per_token", "output_dbu_cost_per_token", "tiered_pricing")
                .contains("input_cost_per_video_per_second_above_8s_interval");
        assertThat(rounded).isNotEmpty();
    }

    /** The cases say which price map their project chose for a provider, model and instant. */
    static Stream<Arguments> lookups() {
        Map<String, PriceBook> books = genaiBooks();
        return CostCases.ofFormat("genai-prices")
                .filter(each -> books.containsKey(each.path("provider").asString("")))
                .filter(each -> !each.path("model").asString("").isEmpty())
                .filter(each -> !each.path("timestamp").isNull()
                        || each.path("kind").asString().equals("committed-snapshot"))
                .map(each -> Arguments.of(each, books.get(each.path("provider").asString())));
    }

    /** By provider; where several files have one, the first. */
    private static Map<String, PriceBook> genaiBooks() {
        Map<String, PriceBook> books = new HashMap<>();
        genaiPricesFiles()
                .map(file -> genaiPrices(file).book())
                .forEach(book -> book.models().forEach(model -> books.putIfAbsent(model.provider(), book)));
        return books;
    }

    @ParameterizedTest
    @MethodSource("lookups")
    void a_lookup_finds_the_price_that_held(JsonNode each, PriceBook book) {
        Instant at = each.path("timestamp").isNull()
                ? SNAPSHOTS_PRICED
                : OffsetDateTime.parse(withZone(each.path("timestamp").asString()))
                        .toInstant();

        Cost cost = book.price(
                each.path("provider").asString(),
                each.path("model").asString(),
                UsageMaps.inclusive(CostCases.usage(each.path("usage"))),
                PricingContext.at(at));

        assertThat(Costs.pricedPart(cost)).isEqualByComparingTo(CostCases.total(each));
    }

    @Test
    void a_model_without_price_is_known_and_unpriced() {
        Cost cost = genaiBooks()
                .get("google")
                .price("google", "gemma-3-27b", TokenUsage.inclusive(10, 10), PricingContext.at(PUBLISHED));

        assertThat(cost.state()).isEqualTo(CostState.UNPRICED);
        assertThat(cost.reason()).isEqualTo("the book knows google/gemma-3 and has no price of it");
    }

    @Test
    void a_newer_file_adds_what_changed_and_leaves_history_alone() {
        Instant later = Instant.parse("2026-09-21T00:00:00Z");
        PriceBook august = PriceFormat.LITELLM.read(entry("2e-6"), PUBLISHED).book();
        PriceBook same = august.updatedBy(
                PriceFormat.LITELLM.read(entry("0.000002"), later).book());
        PriceBook changed =
                august.updatedBy(PriceFormat.LITELLM.read(entry("1e-6"), later).book());

        assertThat(same.version()).isEqualTo(august.version());
        assertThat(changed.version()).isNotEqualTo(august.version());
        assertThat(amount(changed, "2026-09-20T23:59:59Z")).isEqualByComparingTo("2");
        assertThat(amount(changed, "2026-09-21T00:00:00Z")).isEqualByComparingTo("1");
    }

    private static BigDecimal amount(PriceBook book, String at) {
        return book.price("deepseek", "chat", TokenUsage.inclusive(1_000_000, 0), PricingContext.at(Instant.parse(at)))
                .amount()
                .orElseThrow();
    }

    private static String entry(String price) {
        return "{\"deepseek/chat\": {\"litellm_provider\": \"deepseek\", \"input_cost_per_token\": " + price
                + ", \"output_cost_per_token\": 1e-5}}";
    }

    /** A few cases give no zone and mean UTC. */
    private static String withZone(String timestamp) {
        return timestamp.matches(".*(Z|[+-]\\d{2}:\\d{2})$") ? timestamp : timestamp + "Z";
    }

    private static long modelsWith(PriceBook book, Predicate<PriceEntry> predicate) {
        return book.models().stream()
                .filter(model -> model.entries().stream().anyMatch(predicate))
                .count();
    }

    private static PriceImport liteLlm(Path file) {
        return PriceFormat.LITELLM.read(Json.text(file), PUBLISHED);
    }

    private static PriceImport genaiPrices(Path file) {
        return PriceFormat.GENAI_PRICES.read(Json.text(file), PUBLISHED);
    }

    private static Map<String, Integer> counts(JsonNode node) {
        Map<String, Integer> counts = new TreeMap<>();
        node.properties()
                .forEach(each -> counts.put(each.getKey(), each.getValue().asInt()));
        return counts;
    }
}
