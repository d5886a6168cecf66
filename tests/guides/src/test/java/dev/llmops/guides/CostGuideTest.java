package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.Accounts;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.imports.PriceFormat;
import dev.llmops.cost.imports.PriceImport;
import dev.llmops.cost.usage.UsageReader;
import dev.llmops.cost.usage.UsageReading;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CostGuideTest {

    @Test
    void the_cost_of_every_call() {
        Accounts accounts = Accounts.builder().by(AccountDimension.USER).build();
        LlmOps llmops = LlmOps.builder()
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(accounts)
                .build();
        call(llmops).usage(TokenUsage.inclusive(1_000_000, 0)).finish();
        assertThat(accounts.total().amounts()).containsEntry("USD", new BigDecimal("2.5"));
    }

    private static LlmCall call(LlmOps llmops) {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o").user("u1").start();
    }

    @Test
    void a_price_book_of_your_own() throws IOException {
        Files.writeString(Path.of("prices.yml"), Guides.firstYaml("cost.md"));
        PriceBook book = PriceBook.load(Path.of("prices.yml")).orElse(PriceBook.bundled());
        Cost cost = book.price(
                "openai",
                "gpt-4o",
                TokenUsage.inclusive(1_248, 10).cachedInput(1_152),
                PricingContext.at(Instant.parse("2026-08-21T12:00:00Z")));
        // cost.amount() is 0.00178, cost.state() is EXACT, and cost.components() says how it came about
        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("0.00178");
        assertThat(cost.state()).isEqualTo(CostState.EXACT);
        assertThat(cost.components()).hasSize(3);
    }

    @Test
    void usage_from_a_body() {
        RecordingListener seen = new RecordingListener();
        LlmCall call = call(LlmOps.builder().listener(seen).build());
        String body = """
                {"usage":{"input_tokens":10,"output_tokens":5,"cache_read_input_tokens":2,"service_tier":"standard"}}""";
        UsageReading reading = UsageReader.read(UsageReader.Shape.ANTHROPIC_MESSAGES, "anthropic", body);
        call.usage(reading.usage());
        reading.attributes().forEach(call::attribute); // service tier, region, the provider's own figure
        call.finish();
        assertThat(seen.onlyRecord().usage().inputTokens()).hasValue(12);
        assertThat(seen.onlyRecord().attributes()).containsValue("standard");
    }

    @Test
    void an_imported_price_list() throws IOException {
        PriceBook previous = PriceBook.bundled();
        Instant publishedOn = Instant.parse("2026-11-01T00:00:00Z");
        Path file = Files.writeString(Path.of("list.json"), """
                {"acme-1": {"litellm_provider": "acme", "mode": "chat",
                            "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06}}""");
        PriceImport imported = PriceFormat.LITELLM.read(Files.readString(file), publishedOn);
        imported.report().findings().forEach(System.out::println);
        PriceBook current = previous.updatedBy(imported.book());
        assertThat(current.find("acme", "acme-1")).isPresent();
        assertThat(current.find("openai", "gpt-4o")).isPresent();
    }

    @Test
    void accounts_and_unit_economics() {
        Accounts accounts = Accounts.builder()
                .by(AccountDimension.USER)
                .by(AccountDimension.TENANT, AccountDimension.MODEL)
                .cacheSavings(PriceBook::bundled)
                .build();
        accounts.top(10, "USD", AccountDimension.USER);
        accounts.unitEconomics("USD").perSuccess();
        LlmOps llmops = LlmOps.builder()
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(accounts)
                .build();
        call(llmops).usage(TokenUsage.inclusive(1_000_000, 0)).finish();
        assertThat(accounts.top(10, "USD", AccountDimension.USER))
                .singleElement()
                .satisfies(account -> assertThat(account.values()).containsExactly("u1"));
        assertThat(accounts.unitEconomics("USD").perSuccess()).hasValue(new BigDecimal("2.5"));
    }
}
