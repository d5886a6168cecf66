package dev.llmops.logging;

import dev.llmops.core.TraceIds;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries straight to OpenTelemetry's logs, with severity INFO: the record is the structured body, its name the
 * event's name, and it stands in the call's span, or in the current one where the call has none. Amounts are text there,
 * since OpenTelemetry has no decimals. Needs {@code opentelemetry-api} on the class path. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OtelLogSink implements LogSink {

    private static final String SCOPE_NAME = "dev.llmops.logging";

    private final Logger logger;

    private OtelLogSink(Logger logger) {
        this.logger = logger;
    }

    /**
     * A sink on a logs pipeline.
     *
     * @param openTelemetry where entries go
     * @return a sink
     */
    public static OtelLogSink on(OpenTelemetry openTelemetry) {
        return new OtelLogSink(openTelemetry.getLogsBridge().get(SCOPE_NAME));
    }

    @Override
    public void write(LogEntry entry) {
        LogRecordBuilder event = logger.logRecordBuilder()
                .setEventName(entry.name())
                .setTimestamp(entry.timestamp())
                .setSeverity(Severity.INFO)
                .setSeverityText("INFO")
                .setBody(value(entry.map()));
        SpanContext span = span(entry.map());
        event.setContext(span.isValid() ? Context.root().with(Span.wrap(span)) : Context.current())
                .emit();
    }

    private static SpanContext span(JsonMap fields) {
        return fields.get("trace_id") instanceof String traceId && fields.get("span_id") instanceof String spanId
                ? SpanContext.create(TraceIds.toW3c(traceId), spanId, TraceFlags.getDefault(), TraceState.getDefault())
                : SpanContext.getInvalid();
    }

    private static Value<?> value(Object value) {
        if (value instanceof JsonMap map) {
            KeyValue[] entries = new KeyValue[map.size()];
            for (int i = 0; i < entries.length; i++) {
                entries[i] = KeyValue.of(map.key(i), value(map.value(i)));
            }
            return Value.of(entries);
        }
        if (value instanceof JsonList list) {
            List<Value<?>> items =
                    list.stream().<Value<?>>map(OtelLogSink::value).toList();
            return Value.of(items);
        }
        return scalar(value);
    }

    private static Value<?> scalar(@Nullable Object value) {
        if (value instanceof Long number) {
            return Value.of(number);
        }
        if (value instanceof Double number) {
            return Value.of(number);
        }
        if (value instanceof Boolean flag) {
            return Value.of(flag);
        }
        if (value instanceof BigDecimal number) {
            return Value.of(JsonText.ofDecimal(number)); // OpenTelemetry has no decimals
        }
        return Value.of(String.valueOf(value));
    }
}
