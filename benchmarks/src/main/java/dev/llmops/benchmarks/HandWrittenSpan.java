package dev.llmops.benchmarks;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.UUID;

/** A call's span as one writes it on the bare SDK, with the attributes that {@code CallSpans} sets. */
final class HandWrittenSpan {

    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    private static final AttributeKey<Boolean> STREAM = AttributeKey.booleanKey("gen_ai.request.stream");
    private static final AttributeKey<String> CALL_ID = AttributeKey.stringKey("llmops.call_id");
    private static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("llmops.request_id");
    private static final AttributeKey<String> TRACE_ID = AttributeKey.stringKey("llmops.trace_id");
    private static final AttributeKey<String> USER = AttributeKey.stringKey("user.id");
    private static final AttributeKey<String> TENANT = AttributeKey.stringKey("llmops.tenant");
    private static final AttributeKey<String> FEATURE = AttributeKey.stringKey("llmops.feature");
    private static final AttributeKey<String> CODE = AttributeKey.stringKey("llmops.version_set.code");
    private static final AttributeKey<String> PROMPT = AttributeKey.stringKey("llmops.version_set.prompt");
    private static final AttributeKey<String> VERSION_SET = AttributeKey.stringKey("llmops.version_set.id");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("llmops.outcome");
    private static final AttributeKey<String> RESPONSE_MODEL = AttributeKey.stringKey("gen_ai.response.model");
    private static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    private static final AttributeKey<String> USAGE_ORIGIN = AttributeKey.stringKey("llmops.usage.origin");
    private static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
    private static final AttributeKey<Long> OUTPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.output_tokens");
    private static final AttributeKey<Long> CACHED_TOKENS =
            AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
    private static final AttributeKey<Double> FIRST_CHUNK =
            AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");
    private static final AttributeKey<Double> TTFT = AttributeKey.doubleKey("llmops.ttft_ms");
    private static final AttributeKey<Double> PER_TOKEN = AttributeKey.doubleKey("llmops.time_per_output_token_ms");
    private static final AttributeKey<String> COST_STATE = AttributeKey.stringKey("llmops.cost.state");
    private static final AttributeKey<String> COST_CURRENCY = AttributeKey.stringKey("llmops.cost.currency");
    private static final AttributeKey<String> COST_AMOUNT = AttributeKey.stringKey("llmops.cost.amount");

    private final Tracer tracer;

    HandWrittenSpan(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer("hand-written");
    }

    Span start(UUID callId, String requestId, boolean stream) {
        SpanBuilder builder = tracer.spanBuilder("chat gpt-4o")
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(OPERATION, "chat")
                .setAttribute(PROVIDER, SampleCall.PROVIDER)
                .setAttribute(MODEL, SampleCall.MODEL)
                .setAttribute(CALL_ID, callId.toString())
                .setAttribute(REQUEST_ID, requestId)
                .setAttribute(USER, SampleCall.USER)
                .setAttribute(TENANT, SampleCall.TENANT)
                .setAttribute(FEATURE, SampleCall.FEATURE)
                .setAttribute(CODE, "1.4.2")
                .setAttribute(PROMPT, "support-v12")
                .setAttribute(VERSION_SET, SampleCall.VERSIONS.id());
        if (stream) {
            builder.setAttribute(STREAM, true);
        }
        Span span = builder.startSpan();
        span.setAttribute(TRACE_ID, span.getSpanContext().getTraceId());
        return span;
    }

    void firstToken(Span span) {
        span.addEvent("first_token");
    }

    void end(Span span, HandWrittenFigures figures) {
        span.setAttribute(OUTCOME, "completed")
                .setAttribute(RESPONSE_MODEL, SampleCall.RESPONSE_MODEL)
                .setAttribute(FINISH_REASONS, List.of("stop"))
                .setAttribute(USAGE_ORIGIN, "reported")
                .setAttribute(INPUT_TOKENS, SampleCall.INPUT_TOKENS)
                .setAttribute(OUTPUT_TOKENS, (long) SampleCall.CHUNKS)
                .setAttribute(CACHED_TOKENS, SampleCall.CACHED_TOKENS);
        if (figures.isStream()) {
            span.setAttribute(FIRST_CHUNK, figures.firstTokenNanos() / 1e9)
                    .setAttribute(TTFT, figures.firstTokenNanos() / 1e6)
                    .setAttribute(PER_TOKEN, figures.perTokenNanos() / 1e6);
        }
        if (figures.cost() != null) {
            span.setAttribute(COST_STATE, "exact")
                    .setAttribute(COST_CURRENCY, "USD")
                    .setAttribute(COST_AMOUNT, figures.cost().toPlainString());
        }
        span.end();
    }
}
