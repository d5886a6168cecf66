package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.Costs;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.query.LedgerDimension;
import dev.llmops.cost.ledger.query.LedgerQuery;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Past calls get new prices beside the old ones. */
abstract class ReRatingContract extends LedgerContract {

    ReRatingContract(LedgerTables tables) {
        super(tables);
    }

    @Test
    void a_correction_is_booked_beside_what_it_corrects() throws Exception {
        append(Entries.call("c1", "1").cost(Entries.priced()).build());

        ReRating.Report report = reRate("book-7", entry -> Optional.of(Entries.priced("2", "8", "0.004288")));

        assertThat(report).isEqualTo(new ReRating.Report(1, 1, 0, Map.of("USD", new BigDecimal("-0.001072"))));
        assertThat(total().amount()).isEqualByComparingTo("0.004288");
        assertThat(total().calls()).isEqualTo(1);
        assertThat(total().inputTokens()).isEqualTo(812);
        LedgerEntry correction = entries().get(1);
        assertThat(correction.entryId()).isEqualTo("c1#book-7");
        assertThat(correction.cost().reason()).isEqualTo("the book was wrong");
        assertThat(correction.startedAt()).isEqualTo(Entries.START);
        assertThat(correction.recordedAt()).isEqualTo(LATER);
        assertThat(correction.cost().state()).isEqualTo(CostState.CORRECTED);
        assertThat(correction.cost().components())
                .extracting(part -> part.quantity() + " at " + part.price())
                .containsExactly("-812 at 2.5", "-333 at 10", "812 at 2", "333 at 8");
    }

    @Test
    void a_correction_is_booked_once_under_its_id() throws Exception {
        append(Entries.call("c1", "1").cost(Entries.priced()).build());
        reRate("book-7", entry -> Optional.of(Entries.priced("2", "8", "0.004288")));

        ReRating.Report again = reRate("book-7", entry -> Optional.of(Entries.priced("1", "1", "0.001145")));

        assertThat(again).isEqualTo(new ReRating.Report(1, 0, 1, Map.of()));
        assertThat(total().amount()).isEqualByComparingTo("0.004288");
    }

    @Test
    void a_second_correction_starts_from_the_first() throws Exception {
        append(Entries.call("c1", "1").cost(Entries.priced()).build());
        reRate("book-7", entry -> Optional.of(Entries.priced("2", "8", "0.004288")));
        reRate("book-8", entry -> Optional.of(Entries.priced("3", "9", "0.005433")));

        assertThat(total().amount()).isEqualByComparingTo("0.005433");
        assertThat(entries().get(2).cost().components())
                .extracting(part -> part.quantity() + " at " + part.price())
                .containsExactly("-812 at 2", "-333 at 8", "812 at 3", "333 at 9");
    }

    @Test
    void a_call_whose_price_is_right_is_left_alone() throws Exception {
        append(Entries.call("c1", "1").cost(Entries.priced()).build());

        assertThat(reRate("book-7", entry -> Optional.of(Entries.priced())).corrected())
                .isZero();
        assertThat(reRate("book-8", entry -> Optional.empty()).corrected()).isZero();
        assertThat(entries()).hasSize(1);
    }

    @Test
    void an_unpriced_call_can_be_priced_later_even_at_nothing() throws Exception {
        append(Entries.call("c1", "1").cost(Cost.unpriced("USD")).build());
        append(Entries.call("c2", "1").cost(Cost.unpriced("USD")).build());

        ReRating.Report report = reRate(
                "book-7", entry -> Optional.of(Entries.cost(entry.callId().equals("c1") ? "0.5" : "0")));

        assertThat(report.corrected()).isEqualTo(2);
        assertThat(total().amount()).isEqualByComparingTo("0.5");
    }

    @Test
    void what_could_be_priced_of_an_unpriced_call_is_not_taken_back() throws Exception {
        Cost partly = new Cost(CostState.UNPRICED, null, "USD", Entries.priced().components(), null);
        append(Entries.call("c1", "1").cost(partly).build());

        reRate("book-7", entry -> Optional.of(Entries.priced()));

        assertThat(entries().get(1).cost().components())
                .isEqualTo(Entries.priced().components());
    }

    @Test
    void a_book_prices_anew_what_a_book_had_priced() throws Exception {
        PriceBook book = PriceBook.bundled();
        Cost byBook = book.price("openai", "gpt-4o", TokenUsage.inclusive(812, 333), PricingContext.at(Entries.START));
        Cost wrong = new Cost(CostState.EXACT, new BigDecimal("9"), "USD", List.of(), null, null, "book-1");
        append(Entries.call("wrong", "1").cost(wrong).build());
        append(Entries.call("unknown then", "1")
                .cost(new Cost(CostState.UNPRICED, null, "USD", List.of(), null, "unknown model", "book-1"))
                .build());
        append(Entries.call("free for a reason", "0").build());

        ReRating.Report report = ledger.reRate(day().build(), ReRating.byBook("fix-1", "book-1 was wrong", book));
        flush();

        assertThat(report.corrected()).isEqualTo(2);
        assertThat(total().amount()).isEqualByComparingTo(byBook.amountOrNull().add(byBook.amountOrNull()));
        assertThat(entries())
                .filteredOn(entry -> entry.kind() == LedgerEntry.Kind.CORRECTION)
                .extracting(entry -> entry.cost().priceBookVersion())
                .containsOnly(book.version());
    }

    @Test
    void a_call_of_a_model_without_a_price_is_priced_when_a_later_book_knows_it() throws Exception {
        PriceBook later = book("{rates: {input_tokens: 3, cache_read_tokens: 0.3, output_tokens: 15}}");
        call(
                PriceBook.of(Entries.START, List.of()),
                TokenUsage.inclusive(1_000, 100).cachedInput(400));
        assertThat(total().states()).containsOnlyKeys(CostState.UNPRICED);

        ReRating.Report report = ledger.reRate(day().build(), ReRating.byBook("found", "the model was missing", later));
        flush();
        ReRating.Report again = ledger.reRate(day().build(), ReRating.byBook("found", "the model was missing", later));

        BigDecimal exact = new BigDecimal("0.00342");
        assertThat(report).isEqualTo(new ReRating.Report(1, 1, 0, Map.of("USD", exact)));
        assertThat(again).isEqualTo(new ReRating.Report(1, 0, 1, Map.of()));
        assertThat(ledger.totals(day().where(LedgerDimension.MODEL, "paint").build()))
                .filteredOn(total -> total.currency().equals("USD"))
                .singleElement()
                .satisfies(total -> assertThat(total.amount()).isEqualByComparingTo(exact));
        assertThat(Costs.replay(entries().get(1).cost())).isEqualByComparingTo(exact);
    }

    @Test
    void a_price_that_depends_on_an_attribute_is_found_again_when_the_ledger_keeps_the_attribute() throws Exception {
        ledger.close();
        ledger = tables.ledgerIn(directory).keepAttributes("quality").open();
        String standard = "{rates: {input_tokens: 1, output_tokens: 2}}";
        PriceBook wrong = book(standard, "{when: {quality: hd}, rates: {input_tokens: 3, output_tokens: 4}}");
        PriceBook right = book(standard, "{when: {quality: hd}, rates: {input_tokens: 5, output_tokens: 6}}");
        call(wrong, TokenUsage.inclusive(1_000, 100));
        assertThat(total().amount()).isEqualByComparingTo("0.0034");

        ledger.reRate(day().build(), ReRating.byBook("hd", "hd was wrong", right));
        flush();

        assertThat(total().amount()).isEqualByComparingTo("0.0056");
        assertThat(entries()).allSatisfy(entry -> assertThat(entry.attributes()).isEqualTo(Map.of("quality", "hd")));
    }

    private static PriceBook book(String... prices) {
        return PriceBook.parse("test", """
                format: llmops-price-book/1
                published: 2026-11-01
                models:
                  - provider: acme
                    model: paint
                    prices: [%s]
                """.formatted(String.join(", ", prices)));
    }

    /** A call of the model, in high definition, priced by a book as it ends. */
    private void call(PriceBook book, TokenUsage usage) throws Exception {
        LlmOps llmops = LlmOps.builder()
                .clock(Clock.fixed(Entries.START, ZoneOffset.UTC))
                .enricher(CostEnricher.using(book))
                .listener(ledger.listener())
                .build();
        LlmCall call = llmops.call(Operation.CHAT, "acme", "paint").start();
        call.attribute("quality", "hd");
        call.attribute("secret", "not kept");
        call.usage(usage);
        call.finish("stop");
        llmops.close();
        flush();
    }

    @Test
    void a_correction_in_another_currency_is_refused() throws Exception {
        append(Entries.entry("c1", "1"));
        Cost yuan = new Cost(CostState.EXACT, new BigDecimal("7"), "CNY", List.of(), null);

        assertThatThrownBy(() -> reRate("book-7", entry -> Optional.of(yuan)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the new price of c1 is in CNY — USD, as its call — correct the book");
    }

    @Test
    void an_earlier_report_can_be_had_again() throws Exception {
        append(Entries.entry("c1", "1"));
        reRate("book-7", entry -> Optional.of(Entries.cost("5")));

        LedgerQuery before = day().knownAt(LATER.minusSeconds(1)).build();

        assertThat(ledger.totals(before).get(0).amount()).isEqualByComparingTo("1");
        assertThat(total().amount()).isEqualByComparingTo("5");
    }

    @Test
    void many_corrections_do_not_overrun_the_queue() throws Exception {
        for (int call = 0; call < 1000; call++) {
            ledger.append(Entries.entry("c" + call, "1"));
        }
        flush();
        ledger.close();
        ledger = tables.ledgerIn(directory).queueCapacity(300).open();

        assertThat(reRate("book-7", entry -> Optional.of(Entries.cost("2"))).corrected())
                .isEqualTo(1000);
        assertThat(total().amount()).isEqualByComparingTo("2000");
    }

    private ReRating.Report reRate(String id, Function<LedgerEntry, Optional<Cost>> pricing) throws Exception {
        ReRating.Report report = ledger.reRate(day().build(), new ReRating(id, "the book was wrong", pricing));
        flush();
        return report;
    }
}
