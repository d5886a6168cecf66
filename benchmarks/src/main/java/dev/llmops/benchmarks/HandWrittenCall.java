package dev.llmops.benchmarks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The code that a careful team writes by hand around a streamed call: Micrometer timers, a span, and a structured log line. Provider
 * and model are known only when a call comes, so meters are looked up by their tags, once a call each.
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
    private final HandWrittenLog log = new HandWrittenLog();

    HandWrittenCall(MeterRegistry registry, OpenTelemetry openTelemetry) {
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

    void stream(String requestId) {
        long start = System.nanoTime();
        UUID callId = UUID.randomUUID();
        active.incrementAndGet();
        Span span = spans.start(callId, requestId);
        Tags tags = Tags.of("provider", SampleCall.PROVIDER, "model", SampleCall.MODEL);
        Timer gaps = interToken.withTags(tags);
        try (Scope scope = span.makeCurrent()) {
            long first = 0;
            long last = 0;
            for (int i = 0; i < SampleCall.CHUNKS; i++) {
                long now = System.nanoTime();
                if (i == 0) {
                    first = now;
                    timeToFirstToken.withTags(tags).record(now - start, TimeUnit.NANOSECONDS);
                    spans.firstToken(span);
                } else {
                    gaps.record(now - last, TimeUnit.NANOSECONDS);
                }
                last = now;
            }
            long perToken = (last - first) / (SampleCall.CHUNKS - 1);
            end(
                    span,
                    tags,
                    callId,
                    requestId,
                    new HandWrittenFigures(
                            System.nanoTime() - start,
                            first - start,
                            last - first,
                            perToken,
                            HandWrittenFigures.priceByHand()));
        } finally {
            active.decrementAndGet();
        }
    }

    private void end(Span span, Tags tags, UUID callId, String requestId, HandWrittenFigures figures) {
        latency.withTags(tags).record(figures.totalNanos(), TimeUnit.NANOSECONDS);
        timePerOutputToken.withTags(tags).record(figures.perTokenNanos(), TimeUnit.NANOSECONDS);
        requests.withTags(tags.and("status", "success")).increment();
        tokens.withTags(tags.and("type", "input")).increment(SampleCall.INPUT_TOKENS);
        tokens.withTags(tags.and("type", "output")).increment(SampleCall.CHUNKS);
        costUsd.withTags(tags).increment(figures.cost().doubleValue());
        boolean timely = figures.firstTokenNanos() <= 500_000_000;
        timelyFirstTokens.withTags("timely", String.valueOf(timely)).increment();
        spans.end(span, figures);
        log.write(span.getSpanContext().getTraceId(), span.getSpanContext().getSpanId(), callId, requestId, figures);
    }
}
