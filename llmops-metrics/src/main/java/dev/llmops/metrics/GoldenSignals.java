package dev.llmops.metrics;

import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Layout;
import dev.llmops.metrics.instrument.Profile;
import dev.llmops.metrics.internal.Backend;
import dev.llmops.metrics.internal.MicrometerBackend;
import dev.llmops.metrics.internal.PrometheusBackend;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.ArrayList;
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
import java.util.function.Function;

/**
 * The golden signals of language-model calls, on Micrometer or on the Prometheus client, under the same names and with
 * the same numbers.
 *
 * <pre>{@code
 * LlmOps llmops = LlmOps.builder()
 *         .listener(GoldenSignals.on(meterRegistry))
 *         .build();
 * }</pre>
 *
 * <p>Which metrics there are stands in {@link Instrument}.
 *
 * @since 0.1.0
 */
public final class GoldenSignals {

    /** How many values of a label keep their name, unless {@link Builder#labelLimit} says otherwise: {@value}. */
    public static final int DEFAULT_LABEL_LIMIT = 100;

    /** Registries that have a recorder: a second one would fight the first for its gauges. */
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
     * Records on the Prometheus client, with all defaults.
     *
     * @param registry the registry that is scraped
     * @return a listener for {@code LlmOps}
     * @throws IllegalArgumentException if the registry has a recorder, or metrics of these names, already
     */
    public static SignalRecorder on(PrometheusRegistry registry) {
        return builder().on(registry);
    }

    /**
     * Starts a configuration.
     *
     * @return a builder with the profile {@link Profile#LLM} and exemplars
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a configuration; may be used for several registries. Not thread-safe. */
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
                problems.add("profiles must hold at least one, but was empty; pass e.g. Profile.LLM");
            }
            return this;
        }

        /**
         * Adds a bucket edge at a threshold of an objective, so that the histogram knows the share of values up to it
         * exactly. Repeatable.
         *
         * @param instrument a histogram of times
         * @param threshold the threshold, positive
         * @return this builder
         */
        public Builder threshold(Instrument instrument, Duration threshold) {
            if (!instrument.isTime()) {
                problems.add("threshold of " + instrument.meterName() + " must be a number, but was " + threshold
                        + "; it does not measure time");
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
                problems.add("threshold of " + instrument.meterName() + " must be a Duration, but was " + threshold);
                return this;
            }
            return edge(instrument, threshold);
        }

        private Builder edge(Instrument instrument, double edge) {
            if (instrument.kind() != Instrument.Kind.HISTOGRAM) {
                problems.add("threshold must be of a histogram, but was of the " + instrument.kind() + " "
                        + instrument.meterName());
            } else if (!Double.isFinite(edge) || (edge <= 0 && instrument != Instrument.EVALUATION_SCORE)) {
                problems.add("threshold of " + instrument.meterName() + " must be positive, but was " + edge);
            } else {
                thresholds.computeIfAbsent(instrument, i -> new TreeSet<>()).add(edge);
            }
            return this;
        }

        /**
         * Sets how many values every label may have before further ones become {@code other}, unless
         * {@link #labelLimit(String, int)} says otherwise for one; {@value GoldenSignals#DEFAULT_LABEL_LIMIT} by default.
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
                problems.add(property + " must be at least 1, but was " + maxValues);
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
         * Says whether histograms on the Prometheus client keep trace and span of some calls as exemplars; default true.
         * Calls have these ids when a tracing listener sets them.
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
         * @throws IllegalArgumentException if something was set wrongly, naming every problem, or if the registry has a
         *     recorder already
         */
        public SignalRecorder on(MeterRegistry registry) {
            return recorder(registry, layout -> new MicrometerBackend(registry, layout));
        }

        /**
         * Records on the Prometheus client.
         *
         * @param registry the registry that is scraped
         * @return a listener for {@code LlmOps}
         * @throws IllegalArgumentException if something was set wrongly, naming every problem, or if the registry has a
         *     recorder, or metrics of these names, already
         */
        public SignalRecorder on(PrometheusRegistry registry) {
            return recorder(registry, layout -> {
                PrometheusBackend backend = new PrometheusBackend(registry, layout, Labels.EMPTY);
                backend.registerFamilies();
                return backend;
            });
        }

        private SignalRecorder recorder(Object registry, Function<Layout, Backend> backend) {
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            if (TAKEN.contains(registry)) {
                throw new IllegalArgumentException("registry must have no golden signals yet, but it has; "
                        + "add its SignalRecorder to every LlmOps, and name all profiles at once");
            }
            Layout layout = new Layout(Set.copyOf(profiles), Map.copyOf(thresholds), Set.copyOf(costLabels), exemplars);
            SignalRecorder recorder = new SignalRecorder(backend.apply(layout), layout, labelLimits, defaultLabelLimit);
            TAKEN.add(registry);
            return recorder;
        }
    }
}
