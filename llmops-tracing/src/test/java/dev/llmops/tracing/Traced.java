package dev.llmops.tracing;

import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** The real OpenTelemetry SDK, exporting into memory, under calls whose clock moves only when told. */
final class Traced {

    final FakeTicker ticker = new FakeTicker();
    final RecordingListener seen = new RecordingListener();
    final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();
    final AtomicLong started = new AtomicLong();
    final AtomicLong ended = new AtomicLong();
    final OpenTelemetrySdk openTelemetry;
    final LlmOps llmops;

    Traced() {
        this(spans -> spans, ops -> ops);
    }

    Traced(UnaryOperator<CallSpans.Builder> spans) {
        this(spans, ops -> ops);
    }

    Traced(UnaryOperator<CallSpans.Builder> spans, UnaryOperator<LlmOpsBuilder> ops) {
        this(Sampler.parentBased(Sampler.alwaysOn()), spans, ops);
    }

    Traced(Sampler sampler, UnaryOperator<CallSpans.Builder> spans, UnaryOperator<LlmOpsBuilder> ops) {
        openTelemetry = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(new Counting())
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .addLogRecordProcessor(SimpleLogRecordProcessor.create(logs))
                        .build())
                .build();
        llmops = ops.apply(LlmOps.builder()
                        .ticker(ticker)
                        .clock(ticker.clock())
                        .listener(spans.apply(CallSpans.builder(openTelemetry)).build())
                        .listener(seen))
                .build();
    }

    LlmCallBuilder chat() {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o");
    }

    List<SpanData> spans() {
        return exporter.getFinishedSpanItems();
    }

    SpanData span(String name) {
        return spans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span '" + name + "' among " + spans()));
    }

    SpanData callSpan() {
        return span("chat gpt-4o");
    }

    private final class Counting implements SpanProcessor {
        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            started.incrementAndGet();
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.incrementAndGet();
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
