package dev.llmops.cost.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.ValidatorFactory;
import dev.llmops.core.record.UsageKind;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PriceBookWriterTest {

    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    @Property(tries = 50)
    void what_is_written_reads_as_an_equal_book(@ForAll("books") PriceBook book) {
        assertEqual(PriceBook.parse("written", book.toJson()), book);
    }

    @Property(tries = 5)
    void what_is_written_meets_the_schema(@ForAll("books") PriceBook book) throws IOException {
        assertThat(new ValidatorFactory().validate(schema(), book.toJson()).getErrors())
                .isEmpty();
    }

    @Test
    void the_bundled_book_reads_as_it_was_written() {
        assertEqual(PriceBook.parse("written", PriceBook.bundled().toJson()), PriceBook.bundled());
    }

    @Test
    void aliases_and_resold_providers_are_written_too() {
        PriceBook book = PriceBook.parse("written", PriceBook.bundled().toJson());

        assertThat(book.find("gcp.vertex_ai", "claude-sonnet-4-6")).isPresent();
        assertThat(book.find("azure.ai.openai", "gpt-4o-mini")).isPresent();
    }

    @Test
    void a_correction_that_says_less_than_what_it_corrects_reads_as_it_was_written() {
        PriceEntry wrong = new PriceEntry(
                "wrong", DAY, null, null, null, Conditions.NONE, Map.of(UsageKind.INPUT_TOKENS, flat("3")), null);
        PriceEntry right = new PriceEntry(
                "right", null, null, DAY, "wrong", Conditions.NONE, Map.of(UsageKind.INPUT_TOKENS, flat("2")), null);
        ModelPrices model =
                ModelPrices.builder("p", "m").addEntry(right).addEntry(wrong).build();
        PriceBook book = PriceBook.of(DAY, List.of(model));

        assertEqual(PriceBook.parse("written", book.toJson()), book);
    }

    private static void assertEqual(PriceBook actual, PriceBook expected) {
        assertThat(actual.version()).isEqualTo(expected.version());
        assertThat(actual.published()).isEqualTo(expected.published());
        assertThat(actual.toJson()).isEqualTo(expected.toJson());
        assertThat(actual.models())
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .comparingOnlyFields(
                        "provider", "model", "currency", "entries", "adjustments", "standardForUnknownTier")
                .isEqualTo(expected.models());
    }

    @Provide
    Arbitrary<PriceBook> books() {
        return Combinators.combine(model("a"), model("b")).as((a, b) -> PriceBook.of(DAY, List.of(a, b)));
    }

    private Arbitrary<ModelPrices> model(String name) {
        return Combinators.combine(
                        rates(), rates(), rates(), windows(), matches().list().ofMaxSize(3), adjustments())
                .as((first, second, third, windows, matches, adjustments) -> {
                    ModelPrices.Builder builder =
                            ModelPrices.builder("p", name).currency("EUR").standardForUnknownTier(matches.isEmpty());
                    matches.forEach(builder::addMatch);
                    adjustments.forEach(builder::addAdjustment);
                    history(name, first, second, third, windows).forEach(builder::addEntry);
                    return builder.buildIncomplete();
                });
    }

    /** A price, one at some hours, a later one at a tier, and a correction of the first. */
    private static List<PriceEntry> history(
            String model,
            Map<UsageKind, Rate> first,
            Map<UsageKind, Rate> second,
            Map<UsageKind, Rate> third,
            WeeklyWindows windows) {
        Instant later = DAY.plusSeconds(86_400);
        Conditions hours = new Conditions(Map.of(), windows);
        Conditions flex = Conditions.of(Conditions.SERVICE_TIER, "flex", "batch");
        List<PriceEntry> entries = new ArrayList<>();
        entries.add(new PriceEntry(model + "1", null, later, null, null, Conditions.NONE, first, "a letter"));
        entries.add(new PriceEntry(model + "2", later, null, later, null, Conditions.NONE, second, null));
        entries.add(new PriceEntry(model + "3", null, later, DAY, model + "1", Conditions.NONE, third, null));
        entries.add(new PriceEntry(model + "4", null, null, null, null, hours, second, null));
        entries.add(new PriceEntry(
                model + "5", null, null, null, null, new Conditions(flex.values(), windows), third, null));
        entries.add(new PriceEntry(model + "6", null, null, null, null, flex, third, null));
        return entries;
    }

    private static Arbitrary<Map<UsageKind, Rate>> rates() {
        return Arbitraries.maps(Arbitraries.of(UsageKind.values().toArray(UsageKind[]::new)), rate())
                .ofMaxSize(5);
    }

    private static Arbitrary<Rate> rate() {
        Arbitrary<Rate.Step> step = Combinators.combine(price().injectNull(0.2), Arbitraries.of(true, false))
                .as((price, assumed) -> new Rate.Step(0, price, assumed));
        return Combinators.combine(step.list().ofMinSize(1).ofMaxSize(3), price(), Arbitraries.of(true, false))
                .as((steps, per, graduated) -> {
                    List<Rate.Step> ascending = new ArrayList<>();
                    steps.forEach(each ->
                            ascending.add(new Rate.Step(ascending.size() * 1_000L, each.price(), each.assumed())));
                    return new Rate(ascending, per.add(BigDecimal.ONE), graduated);
                });
    }

    private static Arbitrary<BigDecimal> price() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(1_000))
                .ofScale(9);
    }

    private static Arbitrary<WeeklyWindows> windows() {
        Arbitrary<LocalTime> time = Arbitraries.integers().between(0, 86_399).map(LocalTime::ofSecondOfDay);
        Arbitrary<Set<DayOfWeek>> days = Arbitraries.of(DayOfWeek.class).set();
        return Combinators.combine(time, time, days)
                .as(WeeklyWindows.Window::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(windows -> new WeeklyWindows(windows, ZoneId.of("UTC"), ZoneId.of("Asia/Shanghai")));
    }

    private static Arbitrary<ModelMatch> matches() {
        Arbitrary<String> text =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(20);
        return text.map(name -> new ModelMatch.AnyOf(List.of(
                new ModelMatch.Equal(name),
                new ModelMatch.AllOf(List.of(new ModelMatch.StartsWith(name), new ModelMatch.EndsWith(name))),
                new ModelMatch.Contains(name),
                ModelMatch.Regex.of('^' + name + "[0-9]+\\.$"))));
    }

    private static Arbitrary<List<Adjustment>> adjustments() {
        return Combinators.combine(
                        price(), Arbitraries.of(Adjustment.Side.class).set().ofMinSize(1))
                .as((factor, sides) ->
                        new Adjustment("eu" + factor, DAY, null, Conditions.of("quality", "hd"), 1_000, factor, sides))
                .list()
                .uniqueElements(Adjustment::id)
                .ofMaxSize(2);
    }

    private static Rate flat(String price) {
        return Rate.flat(new BigDecimal(price), BigDecimal.valueOf(1_000_000));
    }

    private static String schema() throws IOException {
        try (InputStream in = PriceBook.class.getResourceAsStream("price-book.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
