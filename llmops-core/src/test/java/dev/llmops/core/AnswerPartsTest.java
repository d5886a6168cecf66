package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.internal.AnswerParts;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.Content;
import org.junit.jupiter.api.Test;

class AnswerPartsTest {

    private final Rig rig = new Rig(builder ->
            builder.contentPolicy(ContentPolicy.builder().captureContent(true).build()));

    @Test
    void parts_are_joined_in_the_order_of_their_numbers() {
        LlmCall call = rig.start();
        call.outputPart(1, "get_weather ")
                .outputPart(0, "One")
                .outputPart(1, "{}")
                .outputPart(0, " two");
        call.finish();
        assertThat(rig.record().content().output()).isEqualTo("One two\nget_weather {}");
    }

    @Test
    void a_cancelled_call_keeps_what_arrived() {
        LlmCall call = rig.start();
        call.outputPart(0, "One");
        call.cancel();
        assertThat(rig.record().content().output()).isEqualTo("One");
    }

    @Test
    void a_whole_answer_replaces_its_parts() {
        rig.start()
                .outputPart(0, "One")
                .output("One two")
                .outputPart(0, " three")
                .finish();
        assertThat(rig.record().content().output()).isEqualTo("One two");
    }

    @Test
    void nothing_is_kept_by_default() {
        Rig usual = new Rig();
        usual.start().outputPart(0, "One").finish();
        assertThat(usual.record().content()).isEqualTo(Content.NONE);
    }

    @Test
    void the_innermost_integration_reports_the_parts() {
        LlmCall outer = rig.start();
        LlmCall inner = rig.call().joining(outer).start();
        inner.chunk(1);
        inner.outputPart(0, "One");
        outer.outputPart(0, "One");
        inner.finish("stop");
        outer.finish("stop");
        assertThat(rig.record().content().output()).isEqualTo("One");
    }

    @Test
    void a_repeated_request_begins_its_answer_again() {
        LlmCall outer = rig.start();
        LlmCall first = rig.call().joining(outer).start();
        first.outputPart(0, "One");
        first.fail(new java.io.IOException("reset"));
        LlmCall second = rig.call().joining(outer).start();
        second.outputPart(0, "Two");
        second.finish("stop");
        outer.finish("stop");
        assertThat(rig.record().content().output()).isEqualTo("Two");
    }

    @Test
    void no_more_than_the_limit_is_kept_and_the_rest_is_counted() {
        LlmCall call = rig.start();
        call.outputPart(0, "x".repeat(AnswerParts.MAX_LENGTH - 1)).outputPart(1, "yz");
        call.outputPart(0, "x");
        call.finish();
        assertThat(rig.record().content().output())
                .hasSize(AnswerParts.MAX_LENGTH + 1)
                .endsWith("\ny");
        assertThat(rig.dropped("output_parts")).isEqualTo(2);
    }

    @Test
    void no_more_than_256_parts_are_kept() {
        LlmCall call = rig.start();
        for (int i = 0; i <= AnswerParts.MAX_PARTS; i++) {
            call.outputPart(i, "x");
        }
        call.finish();
        assertThat(rig.record().content().output()).hasSize(2 * AnswerParts.MAX_PARTS - 1);
        assertThat(rig.dropped("output_parts")).isEqualTo(1);
    }
}
