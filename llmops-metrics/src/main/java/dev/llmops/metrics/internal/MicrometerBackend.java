package dev.llmops.metrics.internal;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.metrics.instrument.Instrument;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Signals on Micrometer. What its meters cannot take (all gaps of a call at once, edges between whole numbers in a
 * distribution summary, decimals) goes to each leaf of a composite registry in the best way that this leaf has.
 *
 * <p>See docs/decisions/metrics.md#the-librarys-own-counters-and-histograms-not-cells-of-ours.
 */
public final class MicrometerBackend implements Backend {

    private final MeterRegistry registry;
    private final Layout layout;
    private final MeterNames names;
    private final List<HistogramBackend> leaves;
    private final DecimalCounters decimals = new DecimalCounters();
    /** Micrometer holds what its function counters read only weakly. */
    private final Queue<DoubleSupplier> observed = new ConcurrentLinkedQueue<>();

    public MicrometerBackend(MeterRegistry registry, Layout layout, Telemetry telemetry) {
        this.registry = registry;
        this.layout = layout;
        this.names = new MeterNames(registry, telemetry);
        this.leaves = leavesOf(registry)
                .map(leaf -> backendOf(leaf, layout, telemetry))
                .toList();
    }

    private static Stream<MeterRegistry> leavesOf(MeterRegistry registry) {
        return registry instanceof CompositeMeterRegistry composite
                ? composite.getRegistries().stream().flatMap(MicrometerBackend::leavesOf)
                : Stream.of(registry);
    }

    /** Creates an empty registry, which is one of Prometheus if the leaf is: it has classes of its own. */
    private static MeterRegistry emptyOne(MeterRegistry leaf) {
        try {
            MeterRegistry prometheus = PrometheusBridge.emptyOne(leaf);
            return prometheus != null ? prometheus : new SimpleMeterRegistry();
        } catch (LinkageError e) {
            return new SimpleMeterRegistry();
        }
    }

    private static HistogramBackend backendOf(MeterRegistry leaf, Layout layout, Telemetry telemetry) {
        try {
            HistogramBackend prometheus = PrometheusBridge.beneath(leaf, layout, telemetry);
            return prometheus != null ? prometheus : new PlainHistograms(leaf, layout);
        } catch (LinkageError e) {
            // Micrometer's Prometheus registry is not on the class path, so the leaf cannot be one.
            return new PlainHistograms(leaf, layout);
        }
    }

    @Override
    public Backend scratch() {
        MeterRegistry leaf = leavesOf(registry).findFirst().orElse(registry);
        return new MicrometerBackend(emptyOne(leaf), layout, new Telemetry());
    }

    static Tags tags(List<String> keys, List<String> values) {
        String[] pairs = new String[2 * keys.size()];
        for (int i = 0; i < keys.size(); i++) {
            pairs[2 * i] = keys.get(i);
            pairs[2 * i + 1] = values.get(i);
        }
        return Tags.of(pairs);
    }

    private Tags tags(Instrument instrument, List<String> values) {
        return tags(layout.labels(instrument), values);
    }

    @Override
    public Adder counter(Instrument instrument, List<String> labelValues) {
        return Counter.builder(names.of(instrument))
                .description(instrument.description())
                .tags(tags(instrument, labelValues))
                .register(registry)::increment;
    }

    @Override
    public MoneyAdder money(Instrument instrument, String currency, List<String> labelValues) {
        List<DecimalSum> sums = leavesOf(registry)
                .map(leaf -> decimals.register(
                        leaf,
                        sum -> FunctionCounter.builder(instrument.meterName(), sum, DecimalSum::nearestDouble)
                                .description(instrument.description())
                                .baseUnit(currency)
                                .tags(tags(instrument, labelValues))))
                .toList();
        return amount -> sums.forEach(sum -> sum.add(amount));
    }

    @Override
    public void observed(Instrument instrument, List<String> labelValues, DoubleSupplier value) {
        if (instrument.kind() == Instrument.Kind.GAUGE) {
            Gauge.builder(instrument.meterName(), value::getAsDouble)
                    .description(instrument.description())
                    .tags(tags(instrument, labelValues))
                    .strongReference(true)
                    .register(registry);
            return;
        }
        observed.add(value);
        FunctionCounter.builder(instrument.meterName(), value, DoubleSupplier::getAsDouble)
                .description(instrument.description())
                .tags(tags(instrument, labelValues))
                .register(registry);
    }

    @Override
    public Adder gauge(Instrument instrument, List<String> labelValues) {
        DoubleAdder level = new DoubleAdder();
        Gauge.builder(instrument.meterName(), level, DoubleAdder::sum)
                .description(instrument.description())
                .tags(tags(instrument, labelValues))
                .strongReference(true)
                .register(registry);
        return level::add;
    }

    @Override
    public TimeRecorder timer(Instrument instrument, List<String> labelValues) {
        Duration[] edges = Arrays.stream(layout.edges(instrument))
                .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
                .toArray(Duration[]::new);
        Timer timer = Timer.builder(names.of(instrument))
                .description(instrument.description())
                .serviceLevelObjectives(edges)
                .tags(tags(instrument, labelValues))
                .register(registry);
        return (nanos, trace) -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public ValueRecorder distribution(Instrument instrument, List<String> labelValues) {
        if (instrument.isFractional()) {
            List<ValueRecorder> recorders = leaves.stream()
                    .map(leaf -> leaf.distribution(instrument, labelValues))
                    .toList();
            return (value, trace) -> recorders.forEach(recorder -> recorder.record(value, trace));
        }
        DistributionSummary summary = DistributionSummary.builder(names.of(instrument))
                .description(instrument.description())
                .serviceLevelObjectives(layout.edges(instrument))
                .tags(tags(instrument, labelValues))
                .register(registry);
        return (value, trace) -> summary.record(value);
    }

    @Override
    public GapRecorder gaps(Instrument instrument, List<String> labelValues) {
        List<GapRecorder> recorders =
                leaves.stream().map(leaf -> leaf.gaps(instrument, labelValues)).toList();
        return (gaps, trace) -> recorders.forEach(recorder -> recorder.record(gaps, trace));
    }

    @Override
    public @Nullable Trace traceOf(CallInfo call) {
        for (var leaf : leaves) {
            Trace trace = leaf.traceOf(call);
            if (trace != null) {
                return trace;
            }
        }
        return null;
    }
}
