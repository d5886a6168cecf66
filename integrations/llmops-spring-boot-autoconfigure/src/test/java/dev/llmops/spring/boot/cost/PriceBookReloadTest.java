package dev.llmops.spring.boot.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.spring.boot.LlmOpsContexts;
import dev.llmops.spring.boot.internal.CurrentPrices;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class PriceBookReloadTest {

    private static final String FIRST = """
            format: llmops-price-book/1
            published: 2026-11-01
            currency: USD
            providers:
              - {id: openai}
            models:
              - provider: openai
                model: own-model
                prices:
                  - from: 2026-01-01
                    rates: {input_tokens: 10, output_tokens: 40}
            """;
    private static final String SECOND = FIRST + """
              - provider: openai
                model: new-model
                prices:
                  - from: 2026-01-01
                    rates: {input_tokens: 5, output_tokens: 20}
            """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("prices.yml"), FIRST);
    }

    private ApplicationContextRunner contexts() {
        return LlmOpsContexts.bare()
                .withBean(RecordingListener.class)
                .withPropertyValues("llmops.cost.price-books=file:" + file, "llmops.cost.reload-interval=10ms");
    }

    private void replace(String prices) throws IOException {
        Files.writeString(file, prices);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-02T00:00:00Z")));
    }

    private static BigDecimal costOf(ApplicationContext context, String model) {
        context.getBean(LlmOps.class)
                .call(Operation.CHAT, "openai", model)
                .start()
                .usage(TokenUsage.inclusive(1_000_000, 0))
                .finish("stop");
        RecordingListener seen = context.getBean(RecordingListener.class);
        return seen.records().get(seen.records().size() - 1).cost().amountOrNull();
    }

    @Test
    void a_price_that_is_added_to_the_file_is_in_use_without_a_restart() {
        contexts().run(context -> {
            assertThat(costOf(context, "own-model")).isEqualByComparingTo("10");
            assertThat(costOf(context, "new-model")).isNull();
            replace(SECOND);
            await().until(() -> costOf(context, "new-model") != null);
            assertThat(costOf(context, "new-model")).isEqualByComparingTo("5");
            assertThat(costOf(context, "own-model")).isEqualByComparingTo("10");
        });
    }

    @Test
    void bundled_prices_stand_in_for_other_models_before_and_after() {
        contexts().run(context -> {
            String version = context.getBean(CurrentPrices.class).get().version();
            replace(SECOND);
            await().until(() ->
                    !context.getBean(CurrentPrices.class).get().version().equals(version));
            assertThat(costOf(context, "gpt-4o")).isEqualByComparingTo("2.5");
        });
    }

    @Test
    void only_files_can_be_reloaded() {
        LlmOpsContexts.bare()
                .withPropertyValues(
                        "llmops.cost.price-books=https://prices.example/book.yml", "llmops.cost.reload-interval=1m")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("cannot be resolved to absolute file path"));
    }

    @Test
    void a_broken_file_stops_the_start() throws IOException {
        Files.writeString(file, "format: llmops-price-book/1");
        contexts().run(context -> assertThat(context).hasFailed());
    }
}
