package dev.llmops.test;

import dev.llmops.tracing.CallSpans;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps ended spans in memory, and those that were never ended. Needs {@code llmops-tracing} and the OpenTelemetry
 * SDK on the class path.
 *
 * <pre>{@code
 * SpanCapture spans = SpanCapture.create();
 * LlmOps llmops = LlmOps.builder().listener(spans.listener()).build();
 * ...
 * assertEquals("chat gpt-4o", spans.onlySpan().getName());
 * assertEquals(List.of(), spans.unended());
 * }</pre>
 *
 * <p>Thread-safe. Nothing global is touched.
 *
 * @since 0.1.0
 */
public final class SpanCapture {

    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final List<ReadableSpan> unended = new CopyOnWriteArrayList<>();
    private final SpanProcessor processor = new Processor();
    private final OpenTelemetry openTelemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(
                    SdkTracerProvider.builder().addSpanProcessor(processor).build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();

    private SpanCapture() {}

    /**
     * Starts a capture.
     *
     * @return a capture that has seen nothing
     */
    public static SpanCapture create() {
        return new SpanCapture();
    }

    /**
     * Returns a listener whose spans, with every default, are kept here alone.
     *
     * @return a listener for {@code LlmOps}; each call makes another one
     */
    public CallSpans listener() {
        return CallSpans.on(openTelemetry);
    }

    /**
     * The OpenTelemetry behind {@link #listener()}, for {@link CallSpans} with settings of their own and for the spans of
     * the application.
     *
     * @return an instance that samples everything, keeps spans here, and propagates W3C trace context
     */
    public OpenTelemetry openTelemetry() {
        return openTelemetry;
    }

    /**
     * Returns the processor that keeps spans here, for an OpenTelemetry SDK that the application builds itself.
     *
     * @return a processor to add to its tracer provider
     */
    public SpanProcessor processor() {
        return processor;
    }

    /**
     * The spans that ended.
     *
     * @return their data, in the order of their ends: children before parents
     */
    public List<SpanData> spans() {
        return List.copyOf(ended);
    }

    /**
     * The only span that ended.
     *
     * @return its data
     * @throws AssertionError if none ended, or several
     */
    public SpanData onlySpan() {
        List<SpanData> spans = spans();
        if (spans.size() != 1) {
            throw new AssertionError("there is not exactly one ended span ("
                    + spans.stream().map(SpanData::getName).toList()
                    + ") — one call that ended — check the code under test");
        }
        return spans.get(0);
    }

    /**
     * The spans that were started and not ended yet. Once all traffic is over, any of them is a leak.
     *
     * @return their data, in the order of their starts
     */
    public List<SpanData> unended() {
        return unended.stream().map(ReadableSpan::toSpanData).toList();
    }

    private final class Processor implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            unended.add(span);
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            unended.remove(span);
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
