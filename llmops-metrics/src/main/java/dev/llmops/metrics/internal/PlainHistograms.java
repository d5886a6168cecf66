package dev.llmops.metrics.internal;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.stream.InterTokenHistogram;
import dev.llmops.metrics.instrument.Instrument;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Distributions in any registry of Micrometer. The gaps of a call become a function timer with their exact number and
 * sum, and beside it cumulative counters {@code ….histogram} by upper edge {@code le}: the format in which Micrometer
 * itself shows histograms where a registry has none. A timer would cost a call per token.
 *
 * <p>See docs/decisions/metrics.md#scores-and-speeds-go-past-micrometers-distribution-summary-on-prometheus.
 */
final class PlainHistograms implements HistogramBackend {

    private final MeterRegistry registry;
    private final Layout layout;

    PlainHistograms(MeterRegistry registry, Layout layout) {
        this.registry = registry;
        this.layout = layout;
    }

    @Override
    public ValueRecorder distribution(Instrument instrument, List<String> labelValues) {
        DistributionSummary summary = DistributionSummary.builder(instrument.meterName())
                .description(instrument.description())
                .tags(MicrometerBackend.tags(layout.labels(instrument), labelValues))
                .register(registry);
        return (value, trace) -> summary.record(value);
    }

    @Override
    public GapRecorder gaps(Instrument instrument, List<String> labelValues) {
        Tags tags = MicrometerBackend.tags(layout.labels(instrument), labelValues);
        Gaps gaps = new Gaps(layout.edges(instrument));
        FunctionTimer.builder(instrument.meterName(), gaps, Gaps::samples, Gaps::sumNanos, TimeUnit.NANOSECONDS)
                .description(instrument.description())
                .tags(tags)
                .register(registry);
        for (int i = 0; i < gaps.counts.length; i++) {
            int upTo = i;
            FunctionCounter.builder(instrument.meterName() + ".histogram", gaps, all -> (double) all.samples(upTo))
                    .description(instrument.description())
                    .tags(tags.and("le", gaps.edge(i)))
                    .register(registry);
        }
        return gaps;
    }

    @Override
    public @Nullable Trace traceOf(CallInfo call) {
        return null;
    }

    private static final class Gaps implements GapRecorder {

        private final double[] edges;
        private final LongAdder[] counts;
        private final LongAdder sumNanos = new LongAdder();

        Gaps(double[] edges) {
            this.edges = edges;
            this.counts = new LongAdder[edges.length + 1];
            Arrays.setAll(counts, i -> new LongAdder());
        }

        @Override
        public void record(InterTokenHistogram gaps, @Nullable Trace trace) {
            gaps.forEach((valueNanos, count) -> {
                int found = Arrays.binarySearch(edges, valueNanos / 1e9);
                counts[found < 0 ? -found - 1 : found].add(count);
            });
            sumNanos.add(gaps.sumNanos());
        }

        String edge(int index) {
            return index == edges.length ? "+Inf" : Double.toString(edges[index]);
        }

        long samples() {
            return samples(edges.length);
        }

        long samples(int upTo) {
            long sum = 0;
            for (int i = 0; i <= upTo; i++) {
                sum += counts[i].sum();
            }
            return sum;
        }

        double sumNanos() {
            return (double) sumNanos.sum();
        }
    }
}
