package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Content;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.ToolCall;
import dev.llmops.core.version.VersionSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BoundsTest {

    private final Rig rig = new Rig();

    @Test
    void attributes_of_each_type_are_kept_in_order() {
        rig.start()
                .attribute("text", "t")
                .attribute("whole", 7L)
                .attribute("number", 0.5)
                .attribute("flag", true)
                .attribute("list", List.of("a", "b"))
                .finish();
        assertThat(rig.record().attributes())
                .containsExactly(
                        Map.entry("text", "t"),
                        Map.entry("whole", 7L),
                        Map.entry("number", 0.5),
                        Map.entry("flag", true),
                        Map.entry("list", List.of("a", "b")));
    }

    @Test
    void of_attributes_the_first_64_are_kept_and_the_rest_counted() {
        LlmCall call = rig.start();
        for (int i = 0; i < 70; i++) {
            call.attribute("a" + i, i);
        }
        call.attribute("a0", "last value").finish();
        assertThat(rig.record().attributes()).hasSize(64).containsEntry("a0", "last value");
        assertThat(rig.dropped("attributes")).isEqualTo(6);
    }

    @Test
    void of_a_list_the_first_256_texts_of_256_characters_are_kept() {
        List<String> endless = Collections.nCopies(300, "x".repeat(1_000));
        rig.start().attribute("list", endless).finish();
        assertThat(rig.record().attributes()).containsEntry("list", Collections.nCopies(256, "x".repeat(256)));
        assertThat(rig.dropped("attributes")).isEqualTo(1);
    }

    @Test
    void a_list_that_changes_later_stays_as_it_was_given() {
        List<String> stops = new ArrayList<>(List.of("END"));
        LlmCall call = rig.start().attribute("stop", stops);
        stops.add("FIN");
        call.finish();
        assertThat(rig.record().attributes()).containsEntry("stop", List.of("END"));
    }

    @Test
    void a_text_is_cut_after_1024_characters_but_never_within_a_character() {
        String face = "\uD83D\uDE00";
        rig.start()
                .attribute("even", face.repeat(600))
                .attribute("odd", "x" + face.repeat(600))
                .finish();
        assertThat(rig.record().attributes())
                .containsEntry("even", face.repeat(512))
                .containsEntry("odd", "x" + face.repeat(511));
    }

    @Test
    void of_phases_tools_and_risks_the_first_256_are_kept_and_the_rest_counted() {
        LlmCall call = rig.start();
        for (int i = 0; i < 300; i++) {
            call.phase("p").close();
            call.tool("t").close();
            call.risk(new RiskFinding("leak", "reported", null));
        }
        call.finish();
        assertThat(rig.record().timing().phases()).hasSize(256);
        assertThat(rig.record().toolCalls()).hasSize(256);
        assertThat(rig.record().risks()).hasSize(256);
        assertThat(rig.dropped("phases")).isEqualTo(44);
        assertThat(rig.dropped("tool_calls")).isEqualTo(44);
        assertThat(rig.dropped("risks")).isEqualTo(44);
    }

    @Test
    void ids_and_names_are_cut_after_256_characters() {
        String endless = "x".repeat(10_000);
        String cut = "x".repeat(256);
        LlmCall call = rig.llmops
                .call(Operation.CHAT, endless, endless)
                .user(endless)
                .traceId(endless)
                .start()
                .responseModel(endless);
        call.tool(endless).close();
        call.finish(endless);
        CallRecord record = rig.record();
        assertThat(record.info().provider()).isEqualTo(cut);
        assertThat(record.info().requestModel()).isEqualTo(cut);
        assertThat(record.info().user()).isEqualTo(cut);
        assertThat(record.info().traceId()).isEqualTo(cut);
        assertThat(record.responseModel()).isEqualTo(cut);
        assertThat(record.toolCalls()).extracting(ToolCall::name).containsExactly(cut);
        assertThat(record.finishReasons()).containsExactly(cut);
    }

    @Test
    void the_message_of_an_error_is_cut_after_1024_characters_whoever_made_it() {
        String endless = "x".repeat(10_000);
        String cut = "x".repeat(CallError.MAX_MESSAGE_LENGTH);
        rig.start().fail(new CallError(ErrorKind.INTERNAL, "made_by_hand", OptionalInt.empty(), endless));
        assertThat(rig.record().error().message()).isEqualTo(cut);
        CallError thrown = ErrorClassifier.standard().classify(new IllegalStateException(endless));
        assertThat(thrown.message()).isEqualTo(cut);
        CallError told = ProviderErrors.ofHttp(500, "{\"error\":{\"message\":\"" + "x".repeat(5_000) + "\"}}");
        assertThat(told.message()).isEqualTo(cut);
    }

    @Test
    void the_names_of_later_events_are_cut_after_256_characters() {
        String endless = "x".repeat(10_000);
        String cut = "x".repeat(256);
        rig.start().finish();
        String id = rig.record().info().callId().toString();
        rig.llmops.evaluation(id, endless, 0.5, endless, "why");
        rig.llmops.refusal(id, endless);
        LlmEvent.Evaluation evaluation = (LlmEvent.Evaluation) rig.seen.events().get(0);
        assertThat(evaluation.evaluation()).isEqualTo(cut);
        assertThat(evaluation.label()).isEqualTo(cut);
        assertThat(((LlmEvent.Refusal) rig.seen.events().get(1)).reason()).isEqualTo(cut);
    }

    @Test
    void of_finish_reasons_the_first_256_are_kept() {
        rig.start().finish("stop,".repeat(300).split(",", -1));
        assertThat(rig.record().finishReasons()).hasSize(256);
    }

    @Test
    void a_tool_succeeds_unless_it_failed_and_ends_with_its_call_at_the_latest() {
        LlmCall call = rig.start();
        try (RunningTool weather = call.tool("weather")) {
            rig.ticker.advanceMillis(30);
        }
        try (RunningTool search = call.tool("search")) {
            rig.ticker.advanceMillis(20);
            search.fail(new java.net.SocketTimeoutException());
        }
        RunningTool endless = call.tool("endless");
        rig.ticker.advanceMillis(5);
        call.finish();
        endless.close();
        assertThat(rig.record().toolCalls())
                .containsExactly(
                        new ToolCall("weather", 0, 30_000_000, null),
                        new ToolCall("search", 30_000_000, 20_000_000, ErrorKind.TIMEOUT),
                        new ToolCall("endless", 50_000_000, 5_000_000, null));
        assertThat(rig.record().toolCalls()).extracting(ToolCall::isSuccess).containsExactly(true, false, true);
    }

    @Test
    void a_phase_may_be_reported_at_its_end() {
        LlmCall call = rig.start();
        rig.ticker.advanceMillis(10);
        long begun = rig.ticker.nanos();
        rig.ticker.advanceMillis(20);
        call.pastPhase("retrieval", begun).pastPhase("queue", begun - 1_000_000_000);
        rig.ticker.advanceMillis(5);
        call.finish();
        assertThat(rig.record().timing().phases())
                .containsExactly(
                        new Timing.Phase("retrieval", 10_000_000, 20_000_000, 0),
                        new Timing.Phase("queue", 0, 30_000_000, 0));
    }

    @Test
    void texts_are_kept_only_when_content_is_captured() {
        rig.start().input("question").output("answer").finish();
        assertThat(rig.record().content()).isEqualTo(Content.NONE);
        Rig capturing = new Rig(builder -> builder.contentPolicy(
                ContentPolicy.builder().captureContent(true).build()));
        capturing.start().input("question").output("answer").finish();
        assertThat(capturing.record().content()).isEqualTo(new Content("question", "answer"));
        assertThat(capturing.record().content()).hasToString("Content[input=present, output=present]");
    }

    @Test
    void the_versions_of_a_call_win_and_the_rest_come_from_the_configuration() {
        Rig versioned = new Rig(builder ->
                builder.versionSet(VersionSet.builder().code("1").prompt("p1").build()));
        versioned
                .call()
                .versionSet(VersionSet.builder().prompt("p2").build())
                .start()
                .finish();
        assertThat(versioned.record().info().versionSet())
                .isEqualTo(VersionSet.builder().code("1").prompt("p2").build());
    }

    @Test
    void any_number_of_different_versions_is_right() {
        Rig versioned = new Rig(
                builder -> builder.versionSet(VersionSet.builder().code("1").build()));
        for (int i = 0; i < 1_100; i++) {
            VersionSet ofCall = VersionSet.builder().prompt("p" + i).build();
            assertThat(versioned.llmops.effectiveVersionSet(ofCall).parts())
                    .containsExactly(Map.entry("code", "1"), Map.entry("prompt", "p" + i));
        }
    }
}
