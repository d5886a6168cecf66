package dev.llmops.cost.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.TokenUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscountTest {

    private static final Instant DAY = Instant.parse("2026-06-01T00:00:00Z");
    private static final TokenUsage MILLION = TokenUsage.inclusive(1_000_000, 0);

    private static final String BOOK = """
            format: llmops-price-book/1
            published: 2026-08-20
            models:
              - {provider: openai, model: gpt-4o, prices: [{rates: {input_tokens: 2.5}}]}
              - {provider: openai, model: o3, prices: [{rates: {input_tokens: 2}}]}
              - {provider: anthropic, model: claude, prices: [{rates: {input_tokens: 3}}]}
            """;

    private final PriceBook list = PriceBook.parse("list", BOOK);

    @Test
    void a_discount_lowers_the_prices_of_its_provider_and_says_so_in_the_price_id() {
        PriceBook contracted = list.discounted(List.of(Discount.of("acme", "openai", BigDecimal.TEN)));
        Cost cost = contracted.price("openai", "gpt-4o", MILLION, PricingContext.at(DAY));

        assertThat(cost.amountOrNull()).isEqualByComparingTo("2.25");
        assertThat(cost.components().get(0).priceId()).isEqualTo("openai/gpt-4o#input_tokens*acme(-10%)");
        assertThat(amount(contracted, "anthropic", "claude", DAY)).isEqualByComparingTo("3");
        assertThat(contracted.version()).isNotEqualTo(list.version());
    }

    @Test
    void a_discount_of_some_models_holds_for_its_time() {
        Discount discount = new Discount(
                "o3", "openai", new ModelMatch.StartsWith("o"), DAY, DAY.plusSeconds(60), new BigDecimal("50"));
        PriceBook contracted = list.discounted(List.of(discount));

        assertThat(amount(contracted, "openai", "o3", DAY.minusNanos(1))).isEqualByComparingTo("2");
        assertThat(amount(contracted, "openai", "o3", DAY)).isEqualByComparingTo("1");
        assertThat(amount(contracted, "openai", "o3", DAY.plusSeconds(60))).isEqualByComparingTo("2");
        assertThat(amount(contracted, "openai", "gpt-4o", DAY)).isEqualByComparingTo("2.5");
    }

    @Test
    void discounts_of_a_file_are_a_part_of_its_book_and_are_written_with_it() {
        PriceBook book = PriceBook.parse(
                "contract",
                BOOK + "discounts: [{id: acme, provider: openai, percent: 10}, {id: bulk, model: o3, percent: 50}]\n");

        assertThat(amount(book, "openai", "o3", DAY)).isEqualByComparingTo("0.9");
        assertThat(PriceBook.parse("written", book.toJson()).version()).isEqualTo(book.version());
    }

    @Test
    void a_book_that_is_fallen_back_on_is_discounted_too() {
        PriceBook own = PriceBook.parse("own", """
                format: llmops-price-book/1
                published: 2026-08-20
                """);

        PriceBook contracted = own.orElse(list).discounted(List.of(Discount.of("acme", "openai", BigDecimal.TEN)));

        assertThat(amount(contracted, "openai", "gpt-4o", DAY)).isEqualByComparingTo("2.25");
    }

    @Test
    void a_discount_is_that_of_who_bills_and_not_of_whose_model_is_resold() {
        PriceBook book = PriceBook.bundled();
        PriceBook azure = book.discounted(List.of(Discount.of("acme", "azure", BigDecimal.TEN)));
        PriceBook openai = book.discounted(List.of(Discount.of("acme", "openai", BigDecimal.TEN)));

        assertThat(amount(azure, "azure", "gpt-4o-2024-11-20", DAY)).isEqualByComparingTo("2.25");
        assertThat(amount(azure, "openai", "gpt-4o-2024-11-20", DAY)).isEqualByComparingTo("2.5");
        assertThat(amount(openai, "azure", "gpt-4o", DAY)).isEqualByComparingTo("2.5");
        assertThat(amount(openai, "openai", "gpt-4o", DAY)).isEqualByComparingTo("2.25");
        assertThat(azure.price("azure", "gpt-4o", MILLION, PricingContext.at(DAY))
                        .components()
                        .get(0)
                        .priceId())
                .isEqualTo("azure/gpt-4o#input_tokens*acme(-10%)");
        assertThat(PriceBook.parse("written", azure.toJson()).version()).isEqualTo(azure.version());
    }

    @Test
    void a_discount_of_a_cloud_leaves_its_regional_prices_apart() {
        PriceBook aws = PriceBook.bundled().discounted(List.of(Discount.of("acme", "aws", BigDecimal.TEN)));
        String profile = "arn:aws:bedrock:eu-west-1:1:inference-profile/%s.anthropic.claude-haiku-4-5-20251001-v1:0";

        assertThat(amount(aws, "aws", profile.formatted("eu"), DAY)).isEqualByComparingTo("0.99");
        assertThat(amount(aws, "aws", profile.formatted("global"), DAY)).isEqualByComparingTo("0.9");
        assertThat(amount(aws, "anthropic", "claude-haiku-4-5", DAY)).isEqualByComparingTo("1");
    }

    @Test
    void the_list_price_is_told_from_the_contracted_one_exactly() {
        assertThat(Discount.listPrice(new BigDecimal("0.9"), "openai/o3#input_tokens*eu*acme(-10%)*bulk(-50%)"))
                .isEqualByComparingTo("2");
        assertThat(Discount.listPrice(new BigDecimal("0.9"), null)).isEqualByComparingTo("0.9");
    }

    @Test
    void terms_that_break_a_rule_are_refused() {
        assertThatThrownBy(() -> Discount.of("a b", "openai", BigDecimal.TEN)).hasMessageStartingWith("id is 'a b' — ");
        assertThatThrownBy(() -> Discount.of("a", "openai", BigDecimal.valueOf(100)))
                .hasMessage("percent is 100 — above 0 and below 100");
        assertThatThrownBy(() -> new Discount("a", null, null, DAY, DAY, BigDecimal.TEN))
                .hasMessageStartingWith("until is 2026-06-01T00:00:00Z — after from");
    }

    private static BigDecimal amount(PriceBook book, String provider, String model, Instant at) {
        return book.price(provider, model, MILLION, PricingContext.at(at)).amountOrNull();
    }
}
