package dev.llmops.tracing;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.version.VersionSet;
import io.opentelemetry.api.common.Attributes;
import org.junit.jupiter.api.Test;

/** What the newer edition of the conventions has beyond the older one. */
class NextProfileTest {

    private final Traced traced = new Traced();

    private Attributes attributes() {
        return traced.callSpan().getAttributes();
    }

    @Test
    void the_next_profile_renames_the_cache_write_and_the_schema() {
        Traced next = new Traced(spans -> spans.profile(SpanProfile.GEN_AI_NEXT));
        next.chat().start().usage(TokenUsage.inclusive(10, 1).cacheWrite(4)).finish();
        assertThat(next.callSpan().getAttributes().asMap())
                .containsEntry(longKey("gen_ai.usage.cache_write.input_tokens"), 4L)
                .doesNotContainKey(longKey("gen_ai.usage.cache_creation.input_tokens"));
        assertThat(next.callSpan().getInstrumentationScopeInfo().getSchemaUrl())
                .isEqualTo("https://opentelemetry.io/schemas/gen-ai/1.42.0");
    }

    @Test
    void the_next_profile_tells_modalities_apart() {
        Traced next = new Traced(spans -> spans.profile(SpanProfile.GEN_AI_NEXT));
        TokenUsage usage = TokenUsage.inclusive(10, 5).with(UsageKind.INPUT_AUDIO_TOKENS, 4);
        next.chat().start().usage(usage).finish();
        traced.chat().start().usage(usage).finish();
        assertThat(next.callSpan().getAttributes().get(longKey("gen_ai.usage.audio.input_tokens")))
                .isEqualTo(4L);
        assertThat(attributes().get(longKey("gen_ai.usage.audio.input_tokens"))).isNull();
    }

    @Test
    void the_next_profile_tells_the_version_of_a_prompt_that_has_a_name() {
        Traced next = new Traced(spans -> spans.profile(SpanProfile.GEN_AI_NEXT));
        VersionSet versions = VersionSet.builder().prompt("support-v12").build();
        next.chat()
                .versionSet(versions)
                .start()
                .attribute("gen_ai.prompt.name", "support")
                .finish();
        next.llmops
                .call(Operation.CHAT, "openai", "other")
                .versionSet(versions)
                .start()
                .finish();
        assertThat(next.callSpan().getAttributes().get(stringKey("gen_ai.prompt.version")))
                .isEqualTo("support-v12");
        assertThat(next.span("chat other").getAttributes().get(stringKey("gen_ai.prompt.version")))
                .isNull();
    }
}
