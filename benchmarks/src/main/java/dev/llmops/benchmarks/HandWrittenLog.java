package dev.llmops.benchmarks;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** A call's log event as one writes it with SLF4J's fluent API, with the fields that {@code CallLog} writes. */
final class HandWrittenLog {

    private final Logger log = LoggerFactory.getLogger("calls");

    void write(
            @Nullable String traceId,
            @Nullable String spanId,
            UUID callId,
            String requestId,
            HandWrittenFigures figures) {
        LoggingEventBuilder event = log.atInfo()
                .setMessage("chat openai/gpt-4o completed " + figures.totalNanos() / 1_000_000 + " ms")
                .addKeyValue("request_id", requestId)
                .addKeyValue("call_id", callId.toString())
                .addKeyValue("user_id", SampleCall.USER)
                .addKeyValue("tenant", SampleCall.TENANT)
                .addKeyValue("feature", SampleCall.FEATURE)
                .addKeyValue("operation", "chat")
                .addKeyValue("provider", SampleCall.PROVIDER)
                .addKeyValue("model_id", SampleCall.MODEL)
                .addKeyValue("response_model", SampleCall.RESPONSE_MODEL)
                .addKeyValue("version_set_code", "1.4.2")
                .addKeyValue("version_set_prompt", "support-v12")
                .addKeyValue("version_set_id", SampleCall.VERSIONS.id())
                .addKeyValue("streaming", figures.isStream())
                .addKeyValue("status", "success")
                .addKeyValue("finish_reasons", List.of("stop"))
                .addKeyValue("tokens_in", SampleCall.INPUT_TOKENS)
                .addKeyValue("tokens_out", (long) SampleCall.CHUNKS)
                .addKeyValue("tokens_origin", "reported")
                .addKeyValue("tokens_cached_input", SampleCall.CACHED_TOKENS)
                .addKeyValue("latency_ms_total", figures.totalNanos() / 1e6)
                .addKeyValue("retries", 0L)
                .addKeyValue("refusal", false)
                .addKeyValue("sample_rate", 1.0);
        if (traceId != null) {
            event = event.addKeyValue("trace_id", traceId).addKeyValue("span_id", spanId);
        }
        if (figures.isStream()) {
            event = event.addKeyValue("latency_ms_first_chunk", figures.firstTokenNanos() / 1e6)
                    .addKeyValue("latency_ms_first_token", figures.firstTokenNanos() / 1e6)
                    .addKeyValue("latency_ms_first_output", figures.firstTokenNanos() / 1e6)
                    .addKeyValue("latency_ms_generation", figures.generationNanos() / 1e6)
                    .addKeyValue("latency_ms_per_output_token", figures.perTokenNanos() / 1e6);
        }
        if (figures.cost() != null) {
            event = event.addKeyValue("cost_amount", figures.cost().toPlainString())
                    .addKeyValue("cost_currency", "USD")
                    .addKeyValue("cost_state", "exact")
                    .addKeyValue("cost_price_ids", List.of("openai/gpt-4o/2024-10-02"));
        }
        event.log();
    }
}
