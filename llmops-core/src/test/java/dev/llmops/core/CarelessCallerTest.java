package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.ToolCall;
import dev.llmops.core.telemetry.Telemetry;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recording does not throw, not even at callers who disregard the annotations. */
@SuppressWarnings("NullAway")
class CarelessCallerTest {

    private final Rig rig = new Rig(builder ->
            builder.contentPolicy(ContentPolicy.builder().captureContent(true).build()));

    static Stream<Consumer<LlmCall>> nulls() {
        return Stream.of(
                call -> call.usage(null),
                call -> call.responseModel(null),
                call -> call.cache(null),
                call -> call.risk(null),
                call -> call.input(null),
                call -> call.output(null),
                call -> call.outputPart(0, null),
                call -> call.attribute(null, "x"),
                call -> call.attribute("x", (String) null),
                call -> call.attribute("x", (List<String>) null),
                call -> call.attribute("x", Arrays.asList("a", null)),
                call -> call.attribute(null, 1),
                call -> call.phase(null).close(),
                call -> call.pastPhase(null, 0),
                call -> call.tool(null).close(),
                call -> call.tool("x").fail((ErrorKind) null),
                call -> call.tool("x").fail((Throwable) null),
                call -> call.live().trace(null, null),
                call -> call.live().attach(null, null),
                call -> call.finish((String[]) null),
                call -> call.finish("stop", null),
                call -> call.fail((Throwable) null),
                call -> call.fail((CallError) null),
                call -> call.fail(new CallError(null, null, null, null)),
                call -> call.reject(null));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void a_null_never_throws_and_the_call_has_a_record(Consumer<LlmCall> careless) {
        LlmCall call = rig.start();
        assertThatCode(() -> careless.accept(call)).doesNotThrowAnyException();
        call.close();
        assertThat(rig.seen.records()).hasSize(1);
        assertThat(rig.llmops.telemetry().values(Telemetry.Kind.FAILURES)).isEmpty();
    }

    @Test
    void a_call_without_facts_is_a_call_of_unknown_facts() {
        rig.llmops
                .call(null, null, null)
                .user(null)
                .versionSet(null)
                .deadline(null)
                .start()
                .cancel();
        CallInfo info = rig.record().info();
        assertThat(info.operation()).isEqualTo(new Operation("unknown"));
        assertThat(info.provider()).isEqualTo("unknown");
        assertThat(info.requestModel()).isEqualTo("unknown");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void an_ending_without_an_error_is_an_internal_one() {
        rig.start().fail((CallError) null);
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rig.record().error()).isEqualTo(CallError.of(ErrorKind.INTERNAL));
    }

    @Test
    void a_list_that_cannot_be_read_is_left_out_and_counted() {
        List<String> changing = new AbstractList<>() {
            @Override
            public String get(int index) {
                throw new ConcurrentModificationException();
            }

            @Override
            public int size() {
                return 1;
            }
        };
        rig.start().attribute("stop", changing).finish();
        assertThat(rig.record().attributes()).isEmpty();
        assertThat(rig.failures("LlmCall.attribute")).isEqualTo(1);
    }

    @Test
    void a_tool_that_failed_for_no_reason_still_failed() {
        LlmCall call = rig.start();
        call.tool("x").fail((ErrorKind) null);
        call.finish();
        assertThat(rig.record().toolCalls()).extracting(ToolCall::isSuccess).containsExactly(false);
    }

    @Test
    void a_risk_of_unknown_kind_is_a_risk() {
        LlmCall call = rig.start();
        call.risk(new RiskFinding(null, null, null)).finish();
        assertThat(rig.record().risks()).containsExactly(new RiskFinding("unknown", "unknown", null));
    }

    @Test
    void events_without_content_are_dropped_and_counted() {
        rig.call().requestId("r1").start().finish();
        assertThat(rig.llmops.feedback(null, LlmEvent.Verdict.UP, null)).isFalse();
        assertThat(rig.llmops.feedback("r1", null, null)).isFalse();
        assertThat(rig.llmops.evaluation("r1", null, 1, null, null)).isFalse();
        assertThat(rig.llmops.risk("r1", null)).isFalse();
        assertThat(rig.llmops.refusal("r1", null)).isTrue();
        assertThat(rig.llmops.telemetry().values(Telemetry.Kind.DROPPED))
                .containsOnlyKeys(
                        "event_of_unknown_call",
                        "evaluation_without_name",
                        "feedback_without_verdict",
                        "risk_without_finding");
    }

    @Test
    void an_exception_that_is_null_is_an_internal_error() {
        rig.start().fail((Throwable) null);
        assertThat(rig.record().error()).isEqualTo(CallError.of(ErrorKind.INTERNAL));
    }
}
