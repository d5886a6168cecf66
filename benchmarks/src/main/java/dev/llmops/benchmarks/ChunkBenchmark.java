package dev.llmops.benchmarks;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.ExplicitBucketHistogramOptions;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A chunk of a stream, clock included: through a call, and as one observation of the gap in the histograms that a user
 * would otherwise record it in. Each thread has a stream of its own; the histograms are shared, as they are in a service.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ChunkBenchmark {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] EDGES = {
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92
    };

    /** A stream per thread. */
    @State(Scope.Thread)
    public static class Stream {
        private final LlmOps llmops = LlmOps.builder().build();
        private final LlmCall call =
                llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true).start();
        private long lastNanos = System.nanoTime();

        private long gapNanos() {
            long now = System.nanoTime();
            long gap = now - lastNanos;
            lastNanos = now;
            return gap;
        }

        /** Ends the stream. */
        @TearDown
        public void end() {
            call.finish("stop");
            llmops.close();
        }
    }

    /** The histograms, shared by all threads. */
    @State(Scope.Benchmark)
    public static class Histograms {
        private final Timer micrometer = Timer.builder("gap")
                .publishPercentileHistogram()
                .register(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        private final DistributionDataPoint prometheusClassic = Histogram.builder()
                .name("gap_seconds")
                .classicOnly()
                .classicUpperBounds(EDGES)
                .build();
        private final DistributionDataPoint prometheusNative =
                Histogram.builder().name("gap_seconds").nativeOnly().build();
        private final DoubleHistogram openTelemetryClassic =
                openTelemetry(Aggregation.explicitBucketHistogram(ExplicitBucketHistogramOptions.builder()
                        .setBucketBoundaries(Arrays.stream(EDGES).boxed().toList())
                        .build()));
        private final DoubleHistogram openTelemetryExponential =
                openTelemetry(Aggregation.base2ExponentialBucketHistogram());

        private static DoubleHistogram openTelemetry(Aggregation aggregation) {
            return SdkMeterProvider.builder()
                    .registerMetricReader(new CumulativeReader())
                    .registerView(
                            InstrumentSelector.builder().setName("gap").build(),
                            View.builder().setAggregation(aggregation).build())
                    .build()
                    .get("benchmark")
                    .histogramBuilder("gap")
                    .build();
        }

        /** Keeps the class initialised before the first measurement. */
        @Setup
        public void touch() {
            micrometer.record(1, TimeUnit.MILLISECONDS);
        }
    }

    @Benchmark
    public long clockAlone() {
        return System.nanoTime();
    }

    @Benchmark
    public void call(Stream stream) {
        stream.call.chunk(1);
    }

    @Benchmark
    public void micrometerTimer(Stream stream, Histograms histograms) {
        histograms.micrometer.record(stream.gapNanos(), TimeUnit.NANOSECONDS);
    }

    @Benchmark
    public void prometheusClassic(Stream stream, Histograms histograms) {
        histograms.prometheusClassic.observe(stream.gapNanos() / NANOS_PER_SECOND);
    }

    @Benchmark
    public void prometheusNative(Stream stream, Histograms histograms) {
        histograms.prometheusNative.observe(stream.gapNanos() / NANOS_PER_SECOND);
    }

    @Benchmark
    public void openTelemetryClassic(Stream stream, Histograms histograms) {
        histograms.openTelemetryClassic.record(stream.gapNanos() / NANOS_PER_SECOND);
    }

    @Benchmark
    public void openTelemetryExponential(Stream stream, Histograms histograms) {
        histograms.openTelemetryExponential.record(stream.gapNanos() / NANOS_PER_SECOND);
    }
}
