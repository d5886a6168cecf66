package dev.llmops.benchmarks;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.status.SloStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An objective of 30 days, full of traffic: recording one call, on time and ten minutes late, beside the pair of
 * counters that would otherwise count it; and judging all its windows at once, its budget and its alerts included.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class SloBenchmark {

    private static final int MINUTES = 30 * 24 * 60;
    private static final int BAD_OF = 1_000;

    private Instant now = Instant.parse("2026-01-01T00:00:30Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final SloEngine engine = SloEngine.builder()
            .objective(Objective.builder("availability")
                    .indicator(Indicator.availability())
                    .target(0.999)
                    .build())
            .clock(clock)
            .evaluateEvery(Duration.ZERO)
            .build();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter good = registry.counter("slo.events", "verdict", "good");
    private final Counter bad = registry.counter("slo.events", "verdict", "bad");

    private CallRecord onTime = call(now, Outcome.COMPLETED);
    private CallRecord late = onTime;
    private CallRecord failed = onTime;

    /** Fills the window: ten calls a minute, and now and then one that failed. */
    @Setup
    public void fill() {
        for (int minute = 0; minute < MINUTES; minute++) {
            now = now.plusSeconds(60);
            for (int i = 0; i < 10; i++) {
                engine.report("availability", now, (minute * 10 + i) % BAD_OF != 0);
            }
        }
        onTime = call(now, Outcome.COMPLETED);
        failed = call(now, Outcome.FAILED);
        late = call(now.minusSeconds(600), Outcome.COMPLETED);
        engine.record(onTime);
    }

    private static CallRecord call(Instant at, Outcome outcome) {
        CallInfo info = CallInfo.builder(UUID.randomUUID(), at, Operation.CHAT, "openai", "gpt-4o")
                .build();
        return CallRecord.builder(info, outcome, Timing.builder(0).build())
                .error(outcome == Outcome.FAILED ? CallError.of(ErrorKind.OVERLOADED) : null)
                .build();
    }

    /** A good call of the running minute. */
    @Benchmark
    public void recordGood() {
        engine.record(onTime);
    }

    /** A bad call of the running minute. */
    @Benchmark
    public void recordBad() {
        engine.record(failed);
    }

    /** A call that ended ten minutes ago. */
    @Benchmark
    public void recordLate() {
        engine.record(late);
    }

    /** The code that a user would otherwise write: judge the call, and count it by verdict. */
    @Benchmark
    public void countByVerdict() {
        (onTime.outcome() == Outcome.COMPLETED ? good : bad).increment();
    }

    /**
     * Seven alert windows and 30 days.
     *
     * @return the statuses
     */
    @Benchmark
    public List<SloStatus> judgeAllWindows() {
        return engine.statuses();
    }
}
