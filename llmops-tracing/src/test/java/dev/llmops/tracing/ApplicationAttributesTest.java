package dev.llmops.tracing;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.telemetry.Telemetry;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the application adds to a call, on its span. */
class ApplicationAttributesTest {

    private final Traced traced = new Traced();

    private Attributes attributes() {
        return traced.callSpan().getAttributes();
    }

    @Test
    void attributes_of_the_application_pass_under_their_own_names() {
        LlmCall call = traced.chat().start();
        call.attribute("gen_ai.request.max_tokens", 500).attribute("gen_ai.request.temperature", 0.2);
        call.attribute("app.route", "a").attribute("app.beta", true);
        call.attribute("gen_ai.request.stop_sequences", List.of("END", "FIN"))
                .attribute("app.flags", List.of("x"))
                .finish();
        assertThat(attributes().asMap())
                .containsEntry(longKey("gen_ai.request.max_tokens"), 500L)
                .containsEntry(doubleKey("gen_ai.request.temperature"), 0.2)
                .containsEntry(stringKey("app.route"), "a")
                .containsEntry(booleanKey("app.beta"), true)
                .containsEntry(stringArrayKey("gen_ai.request.stop_sequences"), List.of("END", "FIN"))
                .containsEntry(stringArrayKey("app.flags"), List.of("x"));
    }

    @Test
    void attributes_of_the_application_take_the_types_of_the_conventions() {
        LlmCall call = traced.chat().start();
        call.attribute("gen_ai.request.temperature", 1).attribute("gen_ai.request.seed", 7.0);
        call.attribute("gen_ai.request.max_tokens", 0.5).attribute("gen_ai.request.stop_sequences", "END");
        call.attribute("gen_ai.request.top_k", 40).finish();
        assertThat(attributes().asMap())
                .containsEntry(doubleKey("gen_ai.request.temperature"), 1.0)
                .containsEntry(longKey("gen_ai.request.seed"), 7L)
                .containsEntry(doubleKey("gen_ai.request.max_tokens"), 0.5) // no fraction is lost
                .containsEntry(stringArrayKey("gen_ai.request.stop_sequences"), List.of("END"))
                .containsEntry(doubleKey("gen_ai.request.top_k"), 40.0);
    }

    @Test
    void attributes_of_the_application_cannot_forge_what_the_record_says() {
        LlmCall call = traced.chat().start();
        call.attribute("llmops.outcome", 7L).attribute("error.type", "x");
        call.attribute("gen_ai.usage.input_tokens", 7L)
                .attribute("gen_ai.request.model", "x")
                .finish();
        assertThat(attributes().get(longKey("gen_ai.usage.input_tokens"))).isNull();
        assertThat(attributes().get(stringKey("gen_ai.request.model"))).isEqualTo("gpt-4o");
        assertThat(attributes().get(longKey("llmops.outcome"))).isNull();
        assertThat(attributes().get(stringKey("error.type"))).isNull();
        assertThat(traced.llmops.telemetry().value(Telemetry.Kind.DROPPED, "span_attribute_name_taken"))
                .isEqualTo(4);
    }
}
