package dev.llmops.metrics.internal;

import dev.llmops.core.TraceIds;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.metrics.instrument.Instrument;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.MetricWithFixedMetadata;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Signals on the Prometheus client: classic and native histograms, with the trace as exemplar.
 *
 * <p>See docs/decisions/metrics.md#exemplars-only-where-the-clients-tracer-is.
 */
public final class PrometheusBackend implements Backend {

    /** OpenMetrics allows that much for names and values of an exemplar's labels together. */
    private static final int MAX_EXEMPLAR_LENGTH = 128;

    private static final boolean HAS_TRACER = hasTracer();

    private final PrometheusRegistry registry;
    private final Layout layout;
    private final Labels constantLabels;
    private final NameClashes clashes;
    private final boolean exemplars;
    private final ConcurrentMap<String, Collector> families = new ConcurrentHashMap<>();

    public PrometheusBackend(PrometheusRegistry registry, Layout layout, Labels constantLabels, Telemetry telemetry) {
        clashes = new NameClashes(telemetry);
        exemplars = layout.exemplars() && HAS_TRACER;
        this.registry = registry;
        this.layout = layout;
        this.constantLabels = constantLabels;
    }

    /** The client samples exemplars with a class that Micrometer's Prometheus registry leaves out. */
    private static boolean hasTracer() {
        try {
            Class.forName(
                    "io.prometheus.metrics.tracer.initializer.SpanContextSupplier",
                    false,
                    PrometheusBackend.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private record PrometheusTrace(Labels labels) implements Trace {}

    /**
     * Registers all families that the layout has, so that a clash with what is there already shows when the application
     * starts, and not at its first call.
     */
    public void registerFamilies() {
        List<String> problems = new ArrayList<>();
        for (Instrument instrument : layout.instruments()) {
            try {
                family(instrument, "", Collector.class);
            } catch (IllegalArgumentException e) {
                problems.add(instrument.prometheusName() + " cannot be registered: " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            families.values().forEach(registry::unregister);
            throw new IllegalArgumentException(
                    String.join("\n", problems) + "\npass a registry that holds no metrics of these names");
        }
    }

    @Override
    public Backend scratch() {
        return new PrometheusBackend(new PrometheusRegistry(), layout, constantLabels, new Telemetry());
    }

    @Override
    public Adder counter(Instrument instrument, List<String> labelValues) {
        return family(instrument, "", Counter.class).labelValues(labelValues.toArray(String[]::new))::inc;
    }

    @Override
    public MoneyAdder money(Instrument instrument, String currency, List<String> labelValues) {
        DecimalSum sum = new DecimalSum();
        family(instrument, currency, ObservedFamily.class).add(labels(instrument, labelValues), sum::nearestDouble);
        return sum::add;
    }

    @Override
    public void observed(Instrument instrument, List<String> labelValues, DoubleSupplier value) {
        family(instrument, "", ObservedFamily.class).add(labels(instrument, labelValues), value);
    }

    @Override
    public Adder gauge(Instrument instrument, List<String> labelValues) {
        return family(instrument, "", Gauge.class).labelValues(labelValues.toArray(String[]::new))::inc;
    }

    @Override
    public TimeRecorder timer(Instrument instrument, List<String> labelValues) {
        ValueRecorder seconds = distribution(instrument, labelValues);
        return (nanos, trace) -> seconds.record(Unit.nanosToSeconds(nanos), trace);
    }

    @Override
    public ValueRecorder distribution(Instrument instrument, List<String> labelValues) {
        DistributionDataPoint series =
                family(instrument, "", Histogram.class).labelValues(labelValues.toArray(String[]::new));
        return (value, trace) -> {
            if (trace instanceof PrometheusTrace exemplar) {
                series.observeWithExemplar(value, exemplar.labels());
            } else {
                series.observe(value);
            }
        };
    }

    @Override
    public GapRecorder gaps(Instrument instrument, List<String> labelValues) {
        GapCollector.Series series = family(instrument, "", GapCollector.class).series(labels(instrument, labelValues));
        return (gaps, trace) ->
                series.record(gaps, trace instanceof PrometheusTrace exemplar ? exemplar.labels() : Labels.EMPTY);
    }

    @Override
    public @Nullable Trace traceOf(CallInfo call) {
        String traceId = call.traceId();
        String spanId = call.spanId();
        if (!exemplars || traceId == null || spanId == null) {
            return null;
        }
        int length = Exemplar.TRACE_ID.length() + traceId.length() + Exemplar.SPAN_ID.length() + spanId.length();
        String fitting = length > MAX_EXEMPLAR_LENGTH ? TraceIds.toW3c(traceId) : traceId;
        return new PrometheusTrace(Labels.of(Exemplar.TRACE_ID, fitting, Exemplar.SPAN_ID, spanId));
    }

    private <F extends Collector> F family(Instrument instrument, String unit, Class<F> type) {
        String base = instrument.prometheusBaseName();
        String name = unit.isEmpty() ? base : base + "_" + unit;
        return type.cast(families.computeIfAbsent(name, familyName -> {
            Collector family = newFamily(instrument, familyName);
            try {
                registry.register(family);
                return family;
            } catch (IllegalArgumentException e) {
                if (!NameClashes.isShared(instrument)) {
                    throw e;
                }
                clashes.found(instrument);
                Collector renamed = newFamily(instrument, NameClashes.PROMETHEUS_PREFIX + familyName);
                registry.register(renamed);
                return renamed;
            }
        }));
    }

    private Collector newFamily(Instrument instrument, String name) {
        if (instrument.isObserved() || instrument == Instrument.COST) {
            return new ObservedFamily(name, instrument);
        }
        if (instrument == Instrument.INTER_TOKEN_LATENCY) {
            return new GapCollector(name, instrument.description(), layout.edges(instrument));
        }
        return switch (instrument.kind()) {
            case COUNTER ->
                describe(Counter.builder().withoutExemplars(), instrument, name).build();
            case GAUGE ->
                describe(Gauge.builder().withoutExemplars(), instrument, name).build();
            case HISTOGRAM -> histogram(instrument, name);
        };
    }

    private Histogram histogram(Instrument instrument, String name) {
        Histogram.Builder builder =
                describe(Histogram.builder(), instrument, name).classicUpperBounds(layout.edges(instrument));
        if (instrument.isTime()) {
            builder.unit(Unit.SECONDS);
        }
        if (!exemplars) {
            builder.withoutExemplars();
        }
        return builder.build();
    }

    private <B extends MetricWithFixedMetadata.Builder<B, ?>> B describe(
            B builder, Instrument instrument, String name) {
        return builder.name(name)
                .help(instrument.description())
                .labelNames(labelNames(instrument))
                .constLabels(constantLabels);
    }

    private Labels labels(Instrument instrument, List<String> values) {
        return Labels.of(List.of(labelNames(instrument)), values).merge(constantLabels);
    }

    private String[] labelNames(Instrument instrument) {
        return layout.labels(instrument).stream()
                .map(label -> label.replace('.', '_'))
                .toArray(String[]::new);
    }
}
