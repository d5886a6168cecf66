package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.version.VersionSet;
import dev.llmops.metrics.GoldenSignals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private final MeterRegistry meterRegistry = new SimpleMeterRegistry();
    private final List<Chunk> stream = List.of(new Chunk(1), new Chunk(2));

    private record Chunk(int contentTokens) {}

    @Test
    void the_first_call_is_counted_with_its_tokens() {
        LlmOps llmops = LlmOps.builder()
                .versionSet(
                        VersionSet.builder().code("1.4.2").prompt("support-v12").build())
                .listener(GoldenSignals.on(meterRegistry))
                .build();

        try (LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .user("u1")
                .streaming(true)
                .start()) {
            for (Chunk chunk : stream) {
                call.chunk(chunk.contentTokens());
            }
            call.usage(TokenUsage.inclusive(812, 333).cachedInput(512)).finish("stop");
        }

        assertThat(meterRegistry
                        .get("llm.requests")
                        .tag("status", "success")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meterRegistry
                        .get("llm.tokens")
                        .tag("type", "input")
                        .counter()
                        .count())
                .isEqualTo(812);
    }
}
