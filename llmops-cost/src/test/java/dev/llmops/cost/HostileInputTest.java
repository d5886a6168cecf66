package dev.llmops.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceBookException;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.imports.PriceFormat;
import dev.llmops.cost.ledger.Entries;
import dev.llmops.cost.ledger.internal.store.EntryJson;
import dev.llmops.cost.usage.UsageReader;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Each reader of texts that others wrote returns, or says what is wrong, in bounded time and memory. */
class HostileInputTest {

    private static final int TRIES = 200;
    private static final Instant PUBLISHED = Instant.parse("2026-08-01T00:00:00Z");

    private static final String BOOK = """
            format: llmops-price-book/1
            published: 2026-08-20
            providers: [{id: acme, source: a letter}]
            models:
              - provider: acme
                model: paint
                prices:
                  - {rates: {input_tokens: {price: 0.05, tiers: [{above: 256000, price: 0.25}]}, output_tokens: 10}}
                  - {from: 2026-09-01, source: a letter, rates: {input_tokens: 4, output_tokens: 12}}
            """;

    private static final String LITELLM = """
            {"gpt-4o": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2.5e-06,
             "output_cost_per_token": 1e-05, "max_tokens": 16384,
             "tiered_pricing": [{"range": [0, 128000], "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06}]}}
            """;

    private static final String GENAI = """
            [{"id": "openai", "name": "OpenAI", "api_pattern": "https://api.openai.com", "models": [{"id": "gpt-4o",
              "match": {"equals": "gpt-4o"}, "prices": {"input_mtok": 2.5, "output_mtok": 10}}]}]
            """;

    private static final String USAGE = """
            {"model": "gpt-4o", "usage": {"prompt_tokens": 812, "completion_tokens": 333, "total_tokens": 1145,
             "prompt_tokens_details": {"cached_tokens": 12}, "completion_tokens_details": {"reasoning_tokens": 5}}}
            """;

    @Provide
    Arbitrary<String> books() {
        return HostileTexts.like(BOOK);
    }

    @Provide
    Arbitrary<String> imports() {
        return HostileTexts.like(LITELLM, GENAI);
    }

    @Provide
    Arbitrary<String> answers() {
        return HostileTexts.like(USAGE);
    }

    @Provide
    Arbitrary<String> entries() {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        EntryJson.write(Entries.entry("c1", "0.01"), json);
        return HostileTexts.like(json.toString(StandardCharsets.UTF_8));
    }

    private static void read(Runnable reader) {
        try {
            reader.run();
        } catch (IllegalArgumentException | PriceBookException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void price(PriceBook book) {
        book.price("acme", "paint", TokenUsage.inclusive(812, 333), PricingContext.at(PUBLISHED));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void a_price_book_is_read_and_priced_by_or_refused(@ForAll("books") String text) {
        read(() -> price(PriceBook.parse("hostile", text)));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void prices_of_others_are_imported_or_refused(@ForAll("imports") String text) {
        read(() -> PriceFormat.LITELLM.read(text, PUBLISHED));
        read(() -> PriceFormat.GENAI_PRICES.read(text, PUBLISHED));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void usage_is_read_or_refused(@ForAll("answers") String text, @ForAll UsageReader.Shape shape) {
        read(() -> UsageReader.read(shape, "openai", text));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void an_entry_of_a_journal_is_read_or_refused(@ForAll("entries") String text) {
        try {
            EntryJson.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            assertThat(e).as("the drain keeps what cannot be read").isNotNull();
        }
    }

    @Example
    void an_empty_file_is_refused_by_that_name() {
        assertThatThrownBy(() -> PriceFormat.LITELLM.read("", PUBLISHED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the file is empty — ");
    }

    @Example
    void the_samples_themselves_are_read() {
        assertThat(PriceBook.parse("sample", BOOK).find("acme", "paint")).isPresent();
        assertThat(PriceFormat.LITELLM.read(LITELLM, PUBLISHED).book().find("openai", "gpt-4o"))
                .isPresent();
        assertThat(PriceFormat.GENAI_PRICES.read(GENAI, PUBLISHED).book().find("openai", "gpt-4o"))
                .isPresent();
    }

    @Example
    void an_amount_of_31_digits_is_not_booked() {
        Cost cost = new Cost(CostState.EXACT, new BigDecimal("1e30"), "USD", List.of(), null);
        assertThatThrownBy(() -> Entries.call("c1", "1").cost(cost).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("amount has too many digits (1E+30) — at most 30 before and after the point —"
                        + " correct the amount");
    }

    @Example
    void a_component_of_a_billion_digits_is_not_booked() {
        Cost cost = new Cost(
                CostState.EXACT,
                BigDecimal.ONE,
                "USD",
                List.of(new CostComponent(
                        "input_tokens",
                        new BigDecimal("1e999999999"),
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        null)),
                null);
        assertThatThrownBy(() -> Entries.call("c1", "1").cost(cost).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("quantity has too many digits (1E+999999999)");
    }
}
