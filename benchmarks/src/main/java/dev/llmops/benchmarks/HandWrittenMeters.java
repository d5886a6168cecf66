package dev.llmops.benchmarks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of calls as one writes them with Micrometer. They are looked up by their tags, once a call each. */
final class HandWrittenMeters {

    final AtomicInteger active = new AtomicInteger();
    private final Meter.MeterProvider<Timer> latency;
    private final Meter.MeterProvider<Timer> timeToFirstToken;
    private final Meter.MeterProvider<Timer> timePerOutputToken;
    private final Meter.MeterProvider<Timer> interToken;
    private final Meter.MeterProvider<Counter> requests;
    private final Meter.MeterProvider<Counter> tokens;
    private final Meter.MeterProvider<Counter> costUsd;
    private final Meter.MeterProvider<Counter> timelyFirstTokens;

    HandWrittenMeters(MeterRegistry registry) {
        this.latency = timer(registry, "hand.request.latency");
        this.timeToFirstToken = timer(registry, "hand.time.to.first.token");
        this.timePerOutputToken = timer(registry, "hand.time.per.output.token");
        this.interToken = timer(registry, "hand.inter.token.latency");
        this.requests = counter(registry, "hand.requests");
        this.tokens = counter(registry, "hand.tokens");
        this.costUsd = counter(registry, "hand.cost.usd");
        this.timelyFirstTokens = counter(registry, "hand.timely.first.tokens");
        registry.gauge("hand.active", active);
    }

    private static Meter.MeterProvider<Timer> timer(MeterRegistry registry, String name) {
        return Timer.builder(name).publishPercentileHistogram().withRegistry(registry);
    }

    private static Meter.MeterProvider<Counter> counter(MeterRegistry registry, String name) {
        return Counter.builder(name).withRegistry(registry);
    }

    static Tags tags(String model) {
        return Tags.of("provider", SampleCall.PROVIDER, "model", model);
    }

    Timer gaps(Tags tags) {
        return interToken.withTags(tags);
    }

    void firstToken(Tags tags, long nanos) {
        timeToFirstToken.withTags(tags).record(nanos, TimeUnit.NANOSECONDS);
    }

    void judgeFirstToken(long nanos) {
        timelyFirstTokens
                .withTags("timely", String.valueOf(nanos <= 500_000_000))
                .increment();
    }

    void ended(Tags tags, String status, HandWrittenFigures figures) {
        latency.withTags(tags).record(figures.totalNanos(), TimeUnit.NANOSECONDS);
        if (figures.isStream()) {
            timePerOutputToken.withTags(tags).record(figures.perTokenNanos(), TimeUnit.NANOSECONDS);
        }
        requests.withTags(tags.and("status", status)).increment();
        tokens.withTags(tags.and("type", "input")).increment(SampleCall.INPUT_TOKENS);
        tokens.withTags(tags.and("type", "output")).increment(SampleCall.CHUNKS);
        if (figures.cost() != null) {
            costUsd.withTags(tags).increment(figures.cost().doubleValue());
        }
    }
}
