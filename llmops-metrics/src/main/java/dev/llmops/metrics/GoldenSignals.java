package dev.llmops.metrics;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Profile;
import dev.llmops.metrics.internal.Backend;
import dev.llmops.metrics.internal.Layout;
import dev.llmops.metrics.internal.MicrometerBackend;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.function.BiFunction;

/**
 * The golden signals of language-model calls on Micrometer. {@link PrometheusSignals} records the same names and numbers on
 * the Prometheus client.
 *
 * <pre>{@code
 * LlmOps llmops = LlmOps.builder()
 *         .listener(GoldenSignals.on(meterRegistry))
 *         .build();
 * }</pre>
 *
 * <p>{@link Instrument} lists the metrics.
 *
 * @since 0.1.0
 */
public final class GoldenSignals {

    /** Default of {@link Builder#labelLimit(int)}: {@value} values of a label. */
    public static final int DEFAULT_LABEL_LIMIT = 100;

    /** Registries that have a recorder: a second one would register the same gauges. */
    private static final Set<Object> TAKEN =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private GoldenSignals() {}

    /**
     * Records on Micrometer, with all defaults.
     *
     * @param registry any registry; a composite must have its parts already
     * @return a listener for {@code LlmOps}
     * @throws IllegalArgumentException if the registry has a recorder already
     */
    public static SignalRecorder on(MeterRegistry registry) {
        return builder().on(registry);
    }

    /**
     * Creates a builder.
     *
     * @return a builder with the profile {@link Profile#LLM}, exemplars and default limits
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; may be used for several registries. Not safe for use by many threads. */
    public static final class Builder {

        private final Map<Instrument, SortedSet<Double>> thresholds = new EnumMap<>(Instrument.class);
        private final Map<String, Integer> labelLimits = new HashMap<>();
        private final Set<String> costLabels = new HashSet<>();
        private final List<String> problems = new ArrayList<>();
        private Set<Profile> profiles = EnumSet.of(Profile.LLM);
        private int defaultLabelLimit = DEFAULT_LABEL_LIMIT;
        private boolean exemplars = true;

        private Builder() {}

        /**
         * Sets the vocabularies to emit; {@link Profile#LLM} by default.
         *
         * @param profiles one or more
         * @return this builder
         */
        public Builder profiles(Profile... profiles) {
            this.profiles = EnumSet.noneOf(Profile.class);
            this.profiles.addAll(List.of(profiles));
            if (profiles.length == 0) {
                problems.add("profiles is empty — at least one — pass for example Profile.LLM");
            }
            return this;
        }

        /**
         * Adds a bucket edge at a threshold of an objective, so that the share of values up to it is
         * exact. Repeatable.
         *
         * @param instrument a histogram of times
         * @param threshold the threshold, positive
         * @return this builder
         */
        public Builder threshold(Instrument instrument, Duration threshold) {
            if (!instrument.isTime()) {
                problems.add("threshold of " + instrument.meterName() + " is a Duration (" + threshold
                        + ") — a number, as the metric does not measure time");
                return this;
            }
            return edge(instrument, threshold.toNanos() / 1e9);
        }

        /**
         * Adds a bucket edge at a threshold of an objective, for histograms of anything but times. Repeatable.
         *
         * @param instrument a histogram that does not measure time
         * @param threshold the threshold, in the instrument's unit
         * @return this builder
         */
        public Builder threshold(Instrument instrument, double threshold) {
            if (instrument.isTime()) {
                problems.add("threshold of " + instrument.meterName() + " is a number (" + threshold
                        + ") — a Duration, as the metric measures time");
                return this;
            }
            return edge(instrument, threshold);
        }

        /**
         * Adds bucket edges of many histograms, such as those that {@code ObjectiveSet.histogramEdges()} of
         * {@code llmops-slo} returns. Repeatable.
         *
         * @param edges edges in the histogram's unit, by {@link Instrument#meterName()}
         * @return this builder
         */
        public Builder histogramEdges(Map<String, ? extends Collection<Double>> edges) {
            edges.forEach((meter, values) -> Arrays.stream(Instrument.values())
                    .filter(instrument -> instrument.meterName().equals(meter))
                    .findFirst()
                    .ifPresentOrElse(
                            instrument -> values.forEach(edge -> edge(instrument, edge)),
                            () -> problems.add("histogramEdges names an unknown meter (" + meter
                                    + ") — a name of Instrument — pass for example llm.request.latency")));
            return this;
        }

        private Builder edge(Instrument instrument, double edge) {
            if (instrument.kind() != Instrument.Kind.HISTOGRAM) {
                problems.add(instrument.meterName() + " takes no threshold (" + instrument.kind()
                        + ") — only histograms do");
            } else if (!Double.isFinite(edge) || (edge <= 0 && instrument != Instrument.EVALUATION_SCORE)) {
                problems.add("threshold of " + instrument.meterName() + " is out of range (" + edge + ") — above 0");
            } else {
                thresholds.computeIfAbsent(instrument, i -> new TreeSet<>()).add(edge);
            }
            return this;
        }

        /**
         * Sets how many values a label may have before further ones become {@code other}, for labels without
         * {@link #labelLimit(String, int)}; {@value GoldenSignals#DEFAULT_LABEL_LIMIT} by default.
         *
         * @param maxValues at least 1
         * @return this builder
         */
        public Builder labelLimit(int maxValues) {
            this.defaultLabelLimit = positive("labelLimit", maxValues);
            return this;
        }

        /**
         * Sets how many values one label may have before further ones become {@code other}.
         *
         * @param label the label: {@code operation, provider, model, version_set, phase, kind, tool, tenant, feature,
         *     currency, evaluation, risk_type, risk_action, response_model, server_address} or {@code error_type}
         * @param maxValues at least 1
         * @return this builder
         */
        public Builder labelLimit(String label, int maxValues) {
            labelLimits.put(label, positive("labelLimit." + label, maxValues));
            return this;
        }

        private int positive(String property, int maxValues) {
            if (maxValues < 1) {
                problems.add(property + " is out of range (" + maxValues + ") — at least 1");
            }
            return maxValues;
        }

        /**
         * Adds the label {@code tenant} to cost; off by default.
         *
         * @return this builder
         */
        public Builder costByTenant() {
            costLabels.add(Layout.TENANT);
            return this;
        }

        /**
         * Adds the label {@code feature} to cost; off by default.
         *
         * @return this builder
         */
        public Builder costByFeature() {
            costLabels.add(Layout.FEATURE);
            return this;
        }

        /**
         * Sets whether histograms on the Prometheus client keep trace and span of some calls as exemplars; default true.
         * Calls have these ids when a tracing listener sets them. Exemplars need the artifact
         * {@code io.prometheus:prometheus-metrics-tracer-initializer}, which {@code micrometer-registry-prometheus}
         * leaves out; without it there are none.
         *
         * @param exemplars false to keep none
         * @return this builder
         */
        public Builder exemplars(boolean exemplars) {
            this.exemplars = exemplars;
            return this;
        }

        /**
         * Records on Micrometer.
         *
         * @param registry any registry; a composite must have its parts already
         * @return a listener for {@code LlmOps}
         * @throws IllegalArgumentException if a setting is invalid, naming every problem, or if the registry has a recorder
         *     already
         */
        public SignalRecorder on(MeterRegistry registry) {
            return recorder(registry, (layout, own) -> new MicrometerBackend(registry, layout, own));
        }

        SignalRecorder recorder(Object registry, BiFunction<Layout, Telemetry, Backend> backend) {
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            if (TAKEN.contains(registry)) {
                throw new IllegalArgumentException("registry has a recorder already — one for each registry — add "
                        + "that SignalRecorder to every LlmOps, and set all profiles at once");
            }
            Layout layout = new Layout(Set.copyOf(profiles), Map.copyOf(thresholds), Set.copyOf(costLabels), exemplars);
            Telemetry own = new Telemetry();
            SignalRecorder recorder =
                    new SignalRecorder(backend.apply(layout, own), layout, own, labelLimits, defaultLabelLimit);
            TAKEN.add(registry);
            return recorder;
        }
    }
}
