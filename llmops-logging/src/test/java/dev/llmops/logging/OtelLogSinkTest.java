package dev.llmops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.TraceIds;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.common.ValueType;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtelLogSinkTest {

    private final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();
    private final OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder()
            .setLoggerProvider(SdkLoggerProvider.builder()
                    .addLogRecordProcessor(SimpleLogRecordProcessor.create(logs))
                    .build())
            .build();
    private final LogRing ring = LogRing.of(10);
    private final LlmOps llmops = LlmOps.builder()
            .listener(CallLog.builder()
                    .sink(OtelLogSink.on(openTelemetry))
                    .sink(ring)
                    .build())
            .build();

    private LogRecordData event() {
        List<LogRecordData> events = logs.getFinishedLogRecordItems();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @SuppressWarnings("unchecked")
    private static Object plain(Value<?> value) {
        if (value.getType() == ValueType.KEY_VALUE_LIST) {
            Map<String, Object> map = new HashMap<>();
            ((List<KeyValue>) value.getValue()).forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
            return map;
        }
        if (value.getType() == ValueType.ARRAY) {
            return ((List<Value<?>>) value.getValue())
                    .stream().map(OtelLogSinkTest::plain).toList();
        }
        return value.getValue();
    }

    @Test
    void the_record_is_the_structured_body_of_an_event() {
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
        call.tool("search").close();
        call.usage(TokenUsage.inclusive(812, 333)).finish("stop");
        assertThat(event().getEventName()).isEqualTo("llmops.call");
        assertThat(plain(event().getBodyValue()))
                .isEqualTo(ring.entries().get(0).fields());
    }

    @Test
    void the_event_stands_in_the_calls_span_also_under_a_trace_id_of_another_form() {
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
        call.live().trace("canary-test-001", "b7ad6b7169203331");
        call.finish();
        assertThat(event().getSpanContext().getTraceId()).isEqualTo(TraceIds.toW3c("canary-test-001"));
        assertThat(event().getSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331");
    }

    @Test
    void later_events_are_named_after_their_kind() {
        llmops.call(Operation.CHAT, "openai", "gpt-4o").requestId("r-1").start().finish();
        llmops.refusal("r-1", "policy");
        assertThat(logs.getFinishedLogRecordItems())
                .extracting(LogRecordData::getEventName)
                .containsExactly("llmops.call", "llmops.refusal");
    }
}
