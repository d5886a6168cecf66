package dev.llmops.slo;

import dev.llmops.slo.internal.Names;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of an {@link Objective}; the last call of a setter wins. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ObjectiveBuilder {

    final String name;
    String displayName = "";
    String service = "";
    String description = "";

    @Nullable
    Indicator indicator;

    CallFilter filter = CallFilter.ALL;
    List<Dimension> groupBy = List.of();
    int groupLimit = Objective.DEFAULT_GROUP_LIMIT;

    @Nullable
    BigDecimal target;

    SloWindow window = SloWindow.THIRTY_DAYS;
    Duration evaluationDelay = Duration.ZERO;

    @Nullable
    AlertPolicy alerts;

    MetricSource source = MetricSource.SLO_COUNTERS;
    final Map<String, String> labels = new LinkedHashMap<>();
    final Map<String, String> annotations = new LinkedHashMap<>();

    @Nullable
    Double expectedEventsPerHour;

    ObjectiveBuilder(String name) {
        this.name = Names.requireDnsLabel("name", name);
    }

    /**
     * Sets the name for people.
     *
     * @param text the display name
     * @return this builder
     */
    public ObjectiveBuilder displayName(String text) {
        displayName = text;
        return this;
    }

    /**
     * Sets the service that promises.
     *
     * @param text the service's name
     * @return this builder
     */
    public ObjectiveBuilder service(String text) {
        service = text;
        return this;
    }

    /**
     * Says why the objective is there.
     *
     * @param text the description
     * @return this builder
     */
    public ObjectiveBuilder description(String text) {
        description = text;
        return this;
    }

    /**
     * Sets what a good event is; required.
     *
     * @param value the indicator
     * @return this builder
     */
    public ObjectiveBuilder indicator(Indicator value) {
        indicator = Objects.requireNonNull(value, "indicator");
        return this;
    }

    /**
     * Sets which calls count; all by default.
     *
     * @param value the filter
     * @return this builder
     */
    public ObjectiveBuilder filter(CallFilter value) {
        filter = Objects.requireNonNull(value, "filter");
        return this;
    }

    /**
     * Splits the objective into one status for each value.
     *
     * @param dimensions the dimensions, each once
     * @return this builder
     */
    public ObjectiveBuilder groupBy(Dimension... dimensions) {
        groupBy = List.copyOf(new LinkedHashSet<>(List.of(dimensions)));
        return this;
    }

    /**
     * Bounds the groups; {@value Objective#DEFAULT_GROUP_LIMIT} by default.
     *
     * @param limit &ge; 1
     * @return this builder
     * @throws IllegalArgumentException if the limit is below 1
     */
    public ObjectiveBuilder groupLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("groupLimit is " + limit + " — 1 or more");
        }
        groupLimit = limit;
        return this;
    }

    /**
     * Sets the promised share of good events; required.
     *
     * @param ratio in (0, 1]; its shortest decimal text counts, so that 0.999 is exactly 0.999
     * @return this builder
     * @throws IllegalArgumentException if the ratio is out of range
     */
    public ObjectiveBuilder target(double ratio) {
        if (!Double.isFinite(ratio)) {
            throw new IllegalArgumentException("target is " + ratio + " — in (0, 1] — pass 0.999");
        }
        return target(BigDecimal.valueOf(ratio));
    }

    /**
     * Sets the promised share of good events; required.
     *
     * @param ratio in (0, 1]
     * @return this builder
     * @throws IllegalArgumentException if the ratio is out of range
     */
    public ObjectiveBuilder target(BigDecimal ratio) {
        target = new ErrorBudget(ratio, Duration.ofDays(1)).target();
        return this;
    }

    /**
     * Sets the window; the last 30 days by default.
     *
     * @param value the window
     * @return this builder
     */
    public ObjectiveBuilder window(SloWindow value) {
        window = Objects.requireNonNull(value, "window");
        return this;
    }

    /**
     * Lets windows end so far behind the clock; zero by default. Use a little more than the 99th percentile of a
     * judge's lag.
     *
     * @param delay in [0, 12 h]
     * @return this builder
     * @throws IllegalArgumentException if the delay is out of range
     */
    public ObjectiveBuilder evaluationDelay(Duration delay) {
        if (delay.isNegative() || delay.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("evaluationDelay is " + delay + " — in [0, 12h]");
        }
        evaluationDelay = delay;
        return this;
    }

    /**
     * Sets when it alerts; derived from target and window by default.
     *
     * @param value the policy
     * @return this builder
     */
    public ObjectiveBuilder alerts(AlertPolicy value) {
        alerts = Objects.requireNonNull(value, "alerts");
        return this;
    }

    /**
     * Sets where Prometheus finds the events; the engine's own counters by default.
     *
     * @param value the source
     * @return this builder
     */
    public ObjectiveBuilder source(MetricSource value) {
        source = Objects.requireNonNull(value, "source");
        return this;
    }

    /**
     * Adds a label for generated rules and alerts.
     *
     * @param label its name
     * @param value its value
     * @return this builder
     */
    public ObjectiveBuilder label(String label, String value) {
        labels.put(label, Objects.requireNonNull(value, label));
        return this;
    }

    /**
     * Adds a note.
     *
     * @param key its key
     * @param value its text
     * @return this builder
     */
    public ObjectiveBuilder annotation(String key, String value) {
        annotations.put(key, Objects.requireNonNull(value, key));
        return this;
    }

    /**
     * States the traffic that is expected; unknown by default.
     *
     * @param events events an hour, &gt; 0
     * @return this builder
     * @throws IllegalArgumentException if the number is not positive
     */
    public ObjectiveBuilder expectedEventsPerHour(double events) {
        if (!(events > 0 && Double.isFinite(events))) {
            throw new IllegalArgumentException("expectedEventsPerHour is " + events + " — above 0");
        }
        expectedEventsPerHour = events;
        return this;
    }

    /**
     * Builds the objective.
     *
     * @return the objective
     * @throws IllegalArgumentException if the indicator or the target is missing
     */
    public Objective build() {
        if (indicator == null) {
            throw new IllegalArgumentException(
                    "objective '" + name + "' has no indicator; call indicator(Indicator.availability())");
        }
        if (target == null) {
            throw new IllegalArgumentException("objective '" + name + "' has no target; call target(0.999)");
        }
        return new Objective(this, indicator, target);
    }
}
