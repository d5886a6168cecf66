package dev.llmops.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.LogEntry;
import dev.llmops.tracing.CallSpans;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithCaptures
class CapturesTest {

    private LlmOps llmops;

    @BeforeEach
    void observe(RecordingListener calls, LogCapture logs, SpanCapture spans) {
        llmops = LlmOps.builder()
                .listener(spans.listener())
                .listener(logs.listener())
                .listener(calls)
                .build();
    }

    private LlmCall start() {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o").requestId("r-1").start();
    }

    @Test
    void a_call_is_seen_as_record_log_event_and_span(RecordingListener calls, LogCapture logs, SpanCapture spans) {
        start().usage(TokenUsage.inclusive(812, 333)).finish("stop");
        assertThat(calls.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(logs.onlyCall())
                .containsEntry("request_id", "r-1")
                .containsEntry("status", "success")
                .containsEntry("tokens_in", 812L);
        assertThat(spans.onlySpan().getName()).isEqualTo("chat gpt-4o");
        assertThat(logs.onlyCall()).containsEntry("trace_id", spans.onlySpan().getTraceId());
    }

    @Test
    void what_happens_later_is_logged_beside_the_call(LogCapture logs) {
        start().finish("stop");
        llmops.feedback("r-1", LlmEvent.Verdict.UP, null);
        assertThat(logs.entries()).extracting(LogEntry::name).containsExactly("llmops.call", "llmops.feedback");
        assertThat(logs.calls()).hasSize(1);
    }

    @Test
    void a_span_that_nobody_ended_is_named(SpanCapture spans) {
        LlmCall call = start();
        assertThat(spans.unended()).extracting(SpanData::getName).containsExactly("chat gpt-4o");
        call.fail(new IllegalStateException("down"));
        assertThat(spans.unended()).isEmpty();
        assertThat(spans.spans()).hasSize(1);
    }

    @Test
    void every_test_starts_with_nothing(RecordingListener calls, LogCapture logs, SpanCapture spans) {
        assertThat(calls.started()).isEmpty();
        assertThat(logs.entries()).isEmpty();
        assertThatThrownBy(logs::onlyCall)
                .isInstanceOf(AssertionError.class)
                .hasMessage("there is not the log event of exactly one call (0)"
                        + " — one call that ended — check the code under test");
        assertThatThrownBy(spans::onlySpan)
                .isInstanceOf(AssertionError.class)
                .hasMessage("there is not exactly one ended span ([])"
                        + " — one call that ended — check the code under test");
    }

    @Test
    void settings_of_ones_own_write_to_the_same_place(LogCapture logs, SpanCapture spans) {
        LlmOps own = LlmOps.builder()
                .listener(CallSpans.builder(spans.openTelemetry()).build())
                .listener(CallLog.builder().sink(logs.sink()).tokenAliases(true).build())
                .build();
        own.call(Operation.CHAT, "openai", "gpt-4o")
                .start()
                .usage(TokenUsage.inclusive(7, 3))
                .finish("stop");
        Map<String, Object> event = logs.onlyCall();
        assertThat(event).containsEntry("input_tokens", 7L);
        assertThat(spans.spans()).hasSize(1);
    }

    @Test
    void spans_of_an_sdk_of_ones_own_are_kept_too(SpanCapture spans) {
        OpenTelemetry own = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(spans.processor())
                        .build())
                .build();
        own.getTracer("own").spanBuilder("job").startSpan().end();
        assertThat(spans.onlySpan().getName()).isEqualTo("job");
    }
}
