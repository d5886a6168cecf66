package dev.llmops.tracing;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private final Traced traced = new Traced();

    private SpanData spanAfter(Consumer<LlmCall> ending) {
        ending.accept(traced.chat().streaming(true).start());
        return traced.callSpan();
    }

    private static StatusData error(String description) {
        return StatusData.create(StatusCode.ERROR, description);
    }

    @Test
    void a_completed_call_leaves_the_status_unset() {
        SpanData span = spanAfter(LlmCall::finish);
        assertThat(span.getStatus()).isEqualTo(StatusData.unset());
        assertThat(span.getAttributes().get(stringKey("llmops.outcome"))).isEqualTo("completed");
        assertThat(span.getAttributes().get(stringKey("error.type"))).isNull();
    }

    @Test
    void a_cancelled_call_is_no_success_and_says_what_it_is() {
        SpanData span = spanAfter(LlmCall::cancel);
        assertThat(span.getStatus()).isEqualTo(error("cancelled: cancelled"));
        assertThat(span.getAttributes().get(stringKey("llmops.outcome"))).isEqualTo("cancelled");
        assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo("cancelled");
    }

    @Test
    void closing_without_an_ending_is_a_cancel() {
        assertThat(spanAfter(LlmCall::close).getAttributes().get(stringKey("llmops.outcome")))
                .isEqualTo("cancelled");
    }

    @Test
    void a_call_that_timed_out_is_an_error() {
        SpanData span = spanAfter(LlmCall::timeOut);
        assertThat(span.getStatus()).isEqualTo(error("timed_out: timeout"));
        assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo("timeout");
    }

    @Test
    void a_cancel_after_the_deadline_timed_out() {
        LlmCall call = traced.chat().deadline(Duration.ofMillis(10)).start();
        traced.ticker.advanceMillis(11);
        call.cancel();
        assertThat(traced.callSpan().getAttributes().get(stringKey("llmops.outcome")))
                .isEqualTo("timed_out");
    }

    @Test
    void a_failed_call_says_type_kind_and_http_status_but_never_the_message() {
        CallError error = new CallError(
                ErrorKind.RATE_LIMITED, "rate_limit_exceeded", OptionalInt.of(429), "prompt 'secret' too fast");
        SpanData span = spanAfter(call -> call.fail(error));
        assertThat(span.getStatus()).isEqualTo(error("failed: rate_limited"));
        assertThat(span.getAttributes().asMap())
                .containsEntry(stringKey("error.type"), "rate_limit_exceeded")
                .containsEntry(stringKey("llmops.error.kind"), "rate_limited")
                .containsEntry(longKey("http.response.status_code"), 429L);
        assertThat(span.toString()).doesNotContain("secret");
    }

    @Test
    void a_stream_that_broke_off_has_error_in_place_of_its_finish_reason() {
        SpanData span = spanAfter(call -> {
            call.chunk(1);
            call.fail(new IllegalStateException("connection reset"));
        });
        assertThat(span.getAttributes().get(stringArrayKey("gen_ai.response.finish_reasons")))
                .isEqualTo(List.of("error"));
        assertThat(span.getAttributes().get(longKey("gen_ai.usage.output_tokens")))
                .isEqualTo(1);
    }

    @Test
    void a_rejected_call_is_an_error_of_its_own_kind() {
        SpanData span = spanAfter(call -> call.reject(CallError.of(ErrorKind.BUDGET_EXCEEDED)));
        assertThat(span.getStatus()).isEqualTo(error("rejected: budget_exceeded"));
    }

    @Test
    void only_the_first_ending_counts() {
        SpanData span = spanAfter(call -> {
            call.finish("stop");
            call.fail(new IllegalStateException());
        });
        assertThat(span.getStatus()).isEqualTo(StatusData.unset());
        assertThat(traced.spans()).hasSize(1);
    }
}
