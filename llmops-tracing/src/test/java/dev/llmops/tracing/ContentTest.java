package dev.llmops.tracing;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.Content;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

class ContentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Attributes spanOf(String text, boolean shown, UnaryOperator<Content> redactor) {
        Traced traced = new Traced(
                spans -> spans,
                ops -> ops.contentPolicy(ContentPolicy.builder()
                                .captureContent(true)
                                .showContent(shown)
                                .build())
                        .enricher(record -> record.toBuilder()
                                .content(redactor.apply(record.content()))
                                .build()));
        traced.chat().start().input(text).output("answer to " + text).finish("stop");
        return traced.callSpan().getAttributes();
    }

    private static Object messages(Attributes attributes, String key) {
        return JSON.readValue(attributes.get(stringKey(key)), List.class);
    }

    @Test
    void texts_are_not_shown_unless_asked_for() {
        assertThat(spanOf("secret", false, content -> content).toString()).doesNotContain("secret");
    }

    @Test
    void texts_are_shown_as_genai_messages() {
        Attributes shown = spanOf("Hi", true, content -> content);
        assertThat(messages(shown, "gen_ai.input.messages"))
                .isEqualTo(List.of(Map.of("role", "user", "parts", List.of(Map.of("type", "text", "content", "Hi")))));
        assertThat(messages(shown, "gen_ai.output.messages"))
                .isEqualTo(List.of(Map.of(
                        "role",
                        "assistant",
                        "parts",
                        List.of(Map.of("type", "text", "content", "answer to Hi")),
                        "finish_reason",
                        "stop")));
    }

    @Test
    void only_what_the_enrichers_left_is_shown() {
        Attributes shown = spanOf("secret", true, content -> new Content("[REDACTED]", null));
        assertThat(shown.get(stringKey("gen_ai.input.messages"))).contains("[REDACTED]");
        assertThat(shown.get(stringKey("gen_ai.output.messages"))).isNull();
        assertThat(shown.toString()).doesNotContain("secret");
    }

    @Property(tries = 300)
    void any_text_survives_as_json(@ForAll String text) {
        Attributes shown = spanOf(text, true, content -> content);
        assertThat(messages(shown, "gen_ai.input.messages").toString()).contains("content=" + text);
    }
}
