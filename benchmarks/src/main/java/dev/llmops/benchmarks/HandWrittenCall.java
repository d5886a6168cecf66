package dev.llmops.benchmarks;

import dev.llmops.redaction.Redactor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The code that a careful team writes by hand around a call: Micrometer timers, a span, and a structured log line, as far
 * as it wants them. Provider and model are known only when a call comes.
 */
final class HandWrittenCall {

    private final HandWrittenMeters meters;
    private final HandWrittenSpan spans;
    private final Set<View> views;
    private final HandWrittenLog log = new HandWrittenLog();
    private final Redactor redactor = Redactor.ofDefaults();
    private final HandWrittenQuality quality = new HandWrittenQuality();

    HandWrittenCall(MeterRegistry registry, OpenTelemetry openTelemetry, Set<View> views) {
        this.views = views;
        this.meters = new HandWrittenMeters(registry);
        this.spans = new HandWrittenSpan(openTelemetry);
    }

    void call(String requestId, int chunks) {
        long start = SampleCall.nanos();
        UUID callId = UUID.randomUUID();
        Tags tags = HandWrittenMeters.tags(SampleCall.MODEL);
        Span span = has(View.SPAN) ? spans.start(callId, requestId, chunks > 0) : Span.getInvalid();
        meters.active.incrementAndGet();
        try (Scope scope = span.makeCurrent()) {
            HandWrittenFigures figures = receive(start, span, tags, chunks);
            end(span, tags, callId, requestId, figures);
        } finally {
            meters.active.decrementAndGet();
        }
    }

    private boolean has(View view) {
        return views.contains(view);
    }

    private HandWrittenFigures receive(long start, Span span, Tags tags, int chunks) {
        @Nullable Timer gaps = has(View.METRICS) && chunks > 0 ? meters.gaps(tags) : null;
        long first = 0;
        long last = 0;
        for (int i = 0; i < chunks; i++) {
            long now = SampleCall.nanos();
            if (i == 0) {
                first = now;
                firstToken(now - start, span, tags);
            } else if (gaps != null) {
                gaps.record(now - last, TimeUnit.NANOSECONDS);
            }
            last = now;
        }
        long perToken = chunks > 1 ? (last - first) / (chunks - 1) : 0;
        return new HandWrittenFigures(
                SampleCall.nanos() - start,
                first - start,
                last - first,
                perToken,
                has(View.COST) ? HandWrittenFigures.priceByHand() : null,
                chunks);
    }

    private void firstToken(long nanos, Span span, Tags tags) {
        if (has(View.METRICS)) {
            meters.firstToken(tags, nanos);
        }
        if (has(View.SPAN)) {
            spans.firstToken(span);
        }
        if (has(View.SLO)) {
            meters.judgeFirstToken(nanos);
        }
    }

    private void end(Span span, Tags tags, UUID callId, String requestId, HandWrittenFigures figures) {
        if (has(View.METRICS)) {
            meters.ended(tags, "success", figures);
        }
        if (has(View.SPAN)) {
            spans.end(span, figures);
        }
        if (has(View.REDACTION)) {
            redactor.redact(SampleCall.PROMPT);
            redactor.redact(SampleCall.ANSWER);
        }
        if (has(View.QUALITY_AND_GATE)) {
            quality.ended(figures);
        }
        if (has(View.LOG)) {
            SpanContext ids = span.getSpanContext();
            log.write(
                    has(View.SPAN) ? ids.getTraceId() : null,
                    has(View.SPAN) ? ids.getSpanId() : null,
                    callId,
                    requestId,
                    figures);
        }
    }
}
