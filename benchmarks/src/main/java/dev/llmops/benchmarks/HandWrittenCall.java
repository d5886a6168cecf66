package dev.llmops.benchmarks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The code that a careful team writes by hand around a call: Micrometer timers, a span, and a structured log line, as far
 * as it wants them. Provider and model are known only when a call comes, so meters are looked up by their tags, once a
 * call each.
 */
final class HandWrittenCall {

    private final Meter.MeterProvider<Timer> latency;
    private final Meter.MeterProvider<Timer> timeToFirstToken;
    private final Meter.MeterProvider<Timer> timePerOutputToken;
    private final Meter.MeterProvider<Timer> interToken;
    private final Meter.MeterProvider<Counter> requests;
    private final Meter.MeterProvider<Counter> tokens;
    private final Meter.MeterProvider<Counter> costUsd;
    private final Meter.MeterProvider<Counter> timelyFirstTokens;
    private final AtomicInteger active = new AtomicInteger();
    private final HandWrittenSpan spans;
    private final Set<View> views;
    private final HandWrittenLog log = new HandWrittenLog();

    HandWrittenCall(MeterRegistry registry, OpenTelemetry openTelemetry, Set<View> views) {
        this.views = views;
        this.latency = timer(registry, "hand.request.latency");
        this.timeToFirstToken = timer(registry, "hand.time.to.first.token");
        this.timePerOutputToken = timer(registry, "hand.time.per.output.token");
        this.interToken = timer(registry, "hand.inter.token.latency");
        this.requests = counter(registry, "hand.requests");
        this.tokens = counter(registry, "hand.tokens");
        this.costUsd = counter(registry, "hand.cost.usd");
        this.timelyFirstTokens = counter(registry, "hand.timely.first.tokens");
        registry.gauge("hand.active", active);
        this.spans = new HandWrittenSpan(openTelemetry);
    }

    private static Meter.MeterProvider<Timer> timer(MeterRegistry registry, String name) {
        return Timer.builder(name).publishPercentileHistogram().withRegistry(registry);
    }

    private static Meter.MeterProvider<Counter> counter(MeterRegistry registry, String name) {
        return Counter.builder(name).withRegistry(registry);
    }

    void call(String requestId, int chunks) {
        long start = System.nanoTime();
        UUID callId = UUID.randomUUID();
        Tags tags = Tags.of("provider", SampleCall.PROVIDER, "model", SampleCall.MODEL);
        Span span = has(View.SPAN) ? spans.start(callId, requestId, chunks > 0) : Span.getInvalid();
        active.incrementAndGet();
        try (Scope scope = span.makeCurrent()) {
            HandWrittenFigures figures = receive(start, span, tags, chunks);
            end(span, tags, callId, requestId, figures);
        } finally {
            active.decrementAndGet();
        }
    }

    private boolean has(View view) {
        return views.contains(view);
    }

    private HandWrittenFigures receive(long start, Span span, Tags tags, int chunks) {
        @Nullable Timer gaps = has(View.METRICS) && chunks > 0 ? interToken.withTags(tags) : null;
        long first = 0;
        long last = 0;
        for (int i = 0; i < chunks; i++) {
            long now = System.nanoTime();
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
                System.nanoTime() - start,
                first - start,
                last - first,
                perToken,
                has(View.COST) ? HandWrittenFigures.priceByHand() : null,
                chunks);
    }

    private void firstToken(long nanos, Span span, Tags tags) {
        if (has(View.METRICS)) {
            timeToFirstToken.withTags(tags).record(nanos, TimeUnit.NANOSECONDS);
        }
        if (has(View.SPAN)) {
            spans.firstToken(span);
        }
        if (has(View.SLO)) {
            timelyFirstTokens
                    .withTags("timely", String.valueOf(nanos <= 500_000_000))
                    .increment();
        }
    }

    private void end(Span span, Tags tags, UUID callId, String requestId, HandWrittenFigures figures) {
        if (has(View.METRICS)) {
            record(tags, figures);
        }
        if (has(View.SPAN)) {
            spans.end(span, figures);
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

    private void record(Tags tags, HandWrittenFigures figures) {
        latency.withTags(tags).record(figures.totalNanos(), TimeUnit.NANOSECONDS);
        if (figures.isStream()) {
            timePerOutputToken.withTags(tags).record(figures.perTokenNanos(), TimeUnit.NANOSECONDS);
        }
        requests.withTags(tags.and("status", "success")).increment();
        tokens.withTags(tags.and("type", "input")).increment(SampleCall.INPUT_TOKENS);
        tokens.withTags(tags.and("type", "output")).increment(SampleCall.CHUNKS);
        if (figures.cost() != null) {
            costUsd.withTags(tags).increment(figures.cost().doubleValue());
        }
    }
}
