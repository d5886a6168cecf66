package dev.llmops.cost.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriceRenewalTest {

    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
    private static final TokenUsage MILLION = TokenUsage.inclusive(1_000_000, 0);

    private final PriceBook book = book("book", "3", "15");

    @Test
    void a_price_on_which_all_lists_agree_holds_from_the_day_on() {
        PriceRenewal renewal = renew(book("a", "2", "15"), book("b", "2", "15"));

        assertThat(renewal.findings())
                .extracting(Object::toString)
                .containsExactly("~ openai/gpt-4o input_tokens: the book says 3 per million;"
                        + " a says 2 per million, b says 2 per million");
        assertThat(cost(renewal, DAY).amountOrNull()).isEqualByComparingTo("2");
        assertThat(cost(renewal, DAY).state()).isEqualTo(CostState.EXACT);
        assertThat(cost(renewal, DAY.minusNanos(1)).amountOrNull()).isEqualByComparingTo("3");
    }

    @Test
    void where_lists_disagree_the_book_carries_both_and_the_cost_is_an_estimate() {
        PriceRenewal renewal = renew(book("a", "3", "15"), book("b", "2", "15"));

        assertThat(renewal.findings())
                .extracting(PriceRenewal.Finding::disagreement)
                .containsExactly(true);
        assertThat(cost(renewal, DAY).amountOrNull()).isEqualByComparingTo("3");
        assertThat(cost(renewal, DAY).state()).isEqualTo(CostState.ESTIMATED);
        assertThat(cost(renewal, DAY).reason())
                .isEqualTo("price openai/gpt-4o@2026-11-20#input_tokens is assumed (input_tokens:"
                        + " a says 3 per million, b says 2 per million, on 2026-11-20)");
    }

    @Test
    void where_no_list_has_the_price_of_the_book_the_highest_is_assumed() {
        assertThat(cost(renew(book("a", "2", "15"), book("b", "4", "15")), DAY).amountOrNull())
                .isEqualByComparingTo("4");
    }

    @Test
    void lists_that_agree_with_the_book_or_do_not_know_the_model_change_nothing() {
        PriceRenewal renewal = renew(book("a", "3", "15"), PriceBook.of(DAY, List.of()));

        assertThat(renewal.findings()).isEmpty();
        assertThat(renewal.book().version()).isEqualTo(book.version());
    }

    @Test
    void a_price_that_returns_to_an_earlier_one_is_taken_over() {
        Instant later = DAY.plusSeconds(86_400);
        PriceBook lower = renew(book("a", "2", "15"), book("b", "2", "15")).book();

        PriceBook back =
                PriceRenewal.of(lower, Map.of("a", book("a", "3", "15")), later).book();

        assertThat(back.price("openai", "gpt-4o", MILLION, PricingContext.at(later))
                        .amountOrNull())
                .isEqualByComparingTo("3");
        assertThat(back.price("openai", "gpt-4o", MILLION, PricingContext.at(DAY))
                        .amountOrNull())
                .isEqualByComparingTo("2");
    }

    @Test
    void a_price_that_is_always_adjusted_is_compared_after_the_adjustment_and_never_adjusted_twice() {
        PriceBook regional = PriceBook.parse("regional", """
                format: llmops-price-book/1
                published: 2026-11-20
                models:
                  - provider: openai
                    model: gpt-4o
                    prices: [{rates: {input_tokens: 3, output_tokens: 15}}]
                    adjustments: [{id: regional, factor: 1.1, on: [input, output]}]
                """);

        assertThat(PriceRenewal.of(regional, Map.of("a", book("a", "3.3", "16.5")), DAY)
                        .findings())
                .isEmpty();
        PriceRenewal other = PriceRenewal.of(regional, Map.of("a", book("a", "3.5", "16.5")), DAY);
        assertThat(other.findings())
                .extracting(Object::toString)
                .containsExactly("~ openai/gpt-4o input_tokens: the book says 3.3 per million; a says 3.5 per million");
        assertThat(cost(other, DAY).amountOrNull()).isEqualByComparingTo("3.3");
        assertThat(cost(other, DAY).state()).isEqualTo(CostState.ESTIMATED);
    }

    private PriceRenewal renew(PriceBook a, PriceBook b) {
        Map<String, PriceBook> lists = new LinkedHashMap<>();
        lists.put("a", a);
        lists.put("b", b);
        return PriceRenewal.of(book, lists, DAY);
    }

    private static Cost cost(PriceRenewal renewal, Instant at) {
        return renewal.book().price("openai", "gpt-4o", MILLION, PricingContext.at(at));
    }

    private static PriceBook book(String name, String input, String output) {
        return PriceBook.parse(name, """
                format: llmops-price-book/1
                published: 2026-11-20
                models:
                  - {provider: openai, model: gpt-4o, prices: [{rates: {input_tokens: %s, output_tokens: %s}}]}
                """.formatted(input, output));
    }
}
