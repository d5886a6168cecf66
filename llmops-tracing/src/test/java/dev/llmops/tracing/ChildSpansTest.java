package dev.llmops.tracing;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Phase;
import dev.llmops.core.RunningTool;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.testing.FakeTicker;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;

class ChildSpansTest {

    private static final long START_EPOCH_NANOS = FakeTicker.START.getEpochSecond() * 1_000_000_000;

    private final Traced traced = new Traced();
    private final LlmCall call = traced.chat().start();

    private void phase(String name, long millis) {
        try (Phase phase = call.phase(name)) {
            traced.ticker.advanceMillis(millis);
        }
    }

    @Test
    void retrieval_is_a_client_span_with_the_genai_operation_and_the_records_times() {
        traced.ticker.advanceMillis(10);
        phase("retrieval", 30);
        call.finish();
        SpanData span = traced.span("retrieval");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getAttributes().get(stringKey("gen_ai.operation.name"))).isEqualTo("retrieval");
        assertThat(span.getStartEpochNanos()).isEqualTo(START_EPOCH_NANOS + 10_000_000);
        assertThat(span.getEndEpochNanos()).isEqualTo(START_EPOCH_NANOS + 40_000_000);
        assertThat(span.getParentSpanId()).isEqualTo(traced.callSpan().getSpanId());
        assertThat(span.getTraceId()).isEqualTo(traced.callSpan().getTraceId());
    }

    @Test
    void rerank_and_guards_are_internal_and_claim_no_genai_operation() {
        phase("rerank", 1);
        phase("guard.input", 1);
        phase("guard_output", 1);
        call.finish();
        for (String name : new String[] {"rerank", "guard.input", "guard_output"}) {
            SpanData span = traced.span(name);
            assertThat(span.getKind()).isEqualTo(SpanKind.INTERNAL);
            assertThat(span.getAttributes().get(stringKey("gen_ai.operation.name")))
                    .isNull();
            assertThat(span.getAttributes().get(stringKey("llmops.phase"))).isEqualTo(name);
        }
    }

    @Test
    void other_phases_are_attributes_only() {
        phase("queue", 1);
        phase("guardian", 1);
        call.finish();
        assertThat(traced.spans()).hasSize(1);
    }

    @Test
    void a_phase_within_a_phase_hangs_below_it() {
        try (Phase retrieval = call.phase("retrieval")) {
            traced.ticker.advanceMillis(1);
            phase("rerank", 1);
            traced.ticker.advanceMillis(1);
        }
        call.finish();
        assertThat(traced.span("rerank").getParentSpanId())
                .isEqualTo(traced.span("retrieval").getSpanId());
    }

    @Test
    void a_phase_after_a_phase_hangs_beside_it() {
        phase("retrieval", 5);
        phase("rerank", 5);
        call.finish();
        assertThat(traced.span("rerank").getParentSpanId())
                .isEqualTo(traced.callSpan().getSpanId());
    }

    @Test
    void a_tool_call_is_an_execute_tool_span() {
        traced.ticker.advanceMillis(2);
        try (RunningTool tool = call.tool("search")) {
            traced.ticker.advanceMillis(7);
        }
        call.finish();
        SpanData span = traced.span("execute_tool search");
        assertThat(span.getKind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(span.getAttributes().get(stringKey("gen_ai.tool.name"))).isEqualTo("search");
        assertThat(span.getAttributes().get(stringKey("gen_ai.operation.name"))).isEqualTo("execute_tool");
        assertThat(span.getStartEpochNanos()).isEqualTo(START_EPOCH_NANOS + 2_000_000);
        assertThat(span.getEndEpochNanos()).isEqualTo(START_EPOCH_NANOS + 9_000_000);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void a_tool_that_failed_is_an_error_and_the_call_need_not_be() {
        try (RunningTool tool = call.tool("search")) {
            tool.fail(ErrorKind.DEPENDENCY_FAILED);
        }
        call.finish();
        SpanData span = traced.span("execute_tool search");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo("dependency_failed");
        assertThat(traced.callSpan().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void what_was_still_open_ends_with_the_call() {
        Phase phase = call.phase("retrieval");
        RunningTool tool = call.tool("search");
        traced.ticker.advanceMillis(3);
        call.cancel();
        tool.close();
        phase.close();
        assertThat(traced.started).hasValue(3);
        assertThat(traced.ended).hasValue(3);
        assertThat(traced.span("retrieval").getEndEpochNanos())
                .isEqualTo(traced.callSpan().getEndEpochNanos());
    }
}
