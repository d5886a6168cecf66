package dev.llmops.benchmarks;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A scrape of the calls of 100 models that ended in six ways; {@link Sizes} tells how long the text is. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class ScrapeBenchmark {

    private final PrometheusMeterRegistry observed = ManyModels.observed(100);
    private final PrometheusMeterRegistry handWritten = ManyModels.byHand(100);

    /**
     * Scrapes the hand-written meters.
     *
     * @return the text
     */
    @Benchmark
    public String byHand() {
        return handWritten.scrape();
    }

    /**
     * Scrapes the golden signals.
     *
     * @return the text
     */
    @Benchmark
    public String llmops() {
        return observed.scrape();
    }
}
