package dev.llmops.slo;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.slo.file.Lint;
import dev.llmops.slo.internal.Percent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A promise about calls, as data: what a good event is, the share of good events, and over which window.
 *
 * <pre>{@code
 * Objective answers = Objective.builder("answers-in-time")
 *         .indicator(Indicator.timeToFirstToken(Duration.ofMillis(500)))
 *         .target(0.99)
 *         .window(SloWindow.rolling(Duration.ofDays(30)))
 *         .groupBy(Dimension.MODEL)
 *         .build();
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads. Whether the numbers make sense together is told by {@link Lint}, which
 * the engine and the rule generator run over everything they are given.
 *
 * @since 0.1.0
 */
public final class Objective {

    /** Most groups of a grouped objective unless it says otherwise: {@value}. */
    public static final int DEFAULT_GROUP_LIMIT = 20;

    private final String name;
    private final String displayName;
    private final String service;
    private final String description;
    private final Indicator indicator;
    private final CallFilter filter;
    private final List<Dimension> groupBy;
    private final int groupLimit;
    private final ErrorBudget budget;
    private final SloWindow window;
    private final Duration evaluationDelay;
    private final AlertPolicy alerts;
    private final boolean derivedAlerts;
    private final MetricSource source;
    private final Map<String, String> labels;
    private final Map<String, String> annotations;
    private final @Nullable Double expectedEventsPerHour;

    Objective(ObjectiveBuilder builder, Indicator indicator, BigDecimal target) {
        name = builder.name;
        displayName = builder.displayName;
        service = builder.service;
        description = builder.description;
        this.indicator = indicator;
        filter = builder.filter;
        groupBy = builder.groupBy;
        groupLimit = builder.groupLimit;
        window = builder.window;
        budget = new ErrorBudget(target, window.nominalLength());
        evaluationDelay = builder.evaluationDelay;
        derivedAlerts = builder.alerts == null;
        alerts = builder.alerts == null ? AlertPolicy.derived(target, window) : builder.alerts;
        source = builder.source;
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(builder.labels));
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(builder.annotations));
        expectedEventsPerHour = builder.expectedEventsPerHour;
    }

    /**
     * Starts an objective.
     *
     * @param name its name: at most 63 lower-case letters, digits and {@code -}, letters or digits at the ends
     * @return a builder
     */
    public static ObjectiveBuilder builder(String name) {
        return new ObjectiveBuilder(name);
    }

    /**
     * The name.
     *
     * @return a DNS label, unique among the objectives used together
     */
    public String name() {
        return name;
    }

    /**
     * The name for people.
     *
     * @return the display name; the name unless set
     */
    public String displayName() {
        return displayName.isEmpty() ? name : displayName;
    }

    /**
     * The service that promises.
     *
     * @return its name; empty unless set
     */
    public String service() {
        return service;
    }

    /**
     * Returns the reason for the objective.
     *
     * @return the description; empty unless set
     */
    public String description() {
        return description;
    }

    /**
     * Returns the rule by which an event is good.
     *
     * @return the indicator
     */
    public Indicator indicator() {
        return indicator;
    }

    /**
     * Returns the filter of the calls that count.
     *
     * @return the filter
     */
    public CallFilter filter() {
        return filter;
    }

    /**
     * Returns the dimensions that split the objective into one status each.
     *
     * @return the dimensions, empty for one status in all
     */
    public List<Dimension> groupBy() {
        return groupBy;
    }

    /**
     * Returns the largest number of groups; further ones share the group {@code other}.
     *
     * @return the limit, &ge; 1
     */
    public int groupLimit() {
        return groupLimit;
    }

    /**
     * The promised share of good events.
     *
     * @return the target, in (0, 1]
     */
    public BigDecimal target() {
        return budget.target();
    }

    /**
     * Returns the error budget.
     *
     * @return the budget over the window's nominal length
     */
    public ErrorBudget budget() {
        return budget;
    }

    /**
     * The span of time the budget is for.
     *
     * @return the window
     */
    public SloWindow window() {
        return window;
    }

    /**
     * Returns how far behind the clock windows end, so that late verdicts can arrive.
     *
     * @return the delay, &ge; 0
     */
    public Duration evaluationDelay() {
        return evaluationDelay;
    }

    /**
     * Returns the alert policy.
     *
     * @return the policy, derived from target and window unless set
     */
    public AlertPolicy alerts() {
        return alerts;
    }

    /**
     * Returns true if the tiers were derived.
     *
     * @return false when the objective states its own
     */
    public boolean isAlertPolicyDerived() {
        return derivedAlerts;
    }

    /**
     * Returns the place where Prometheus finds the events.
     *
     * @return the source
     */
    public MetricSource source() {
        return source;
    }

    /**
     * Labels for generated rules and alerts.
     *
     * @return values by label name, in the order given
     */
    public Map<String, String> labels() {
        return labels;
    }

    /**
     * Free notes, such as a runbook's address; they travel into alerts.
     *
     * @return values by key, in the order given
     */
    public Map<String, String> annotations() {
        return annotations;
    }

    /**
     * Returns the expected traffic, so that {@link Lint} can tell whether the alerts can work.
     *
     * @return events an hour; empty where unknown
     */
    public OptionalDouble expectedEventsPerHour() {
        return expectedEventsPerHour == null ? OptionalDouble.empty() : OptionalDouble.of(expectedEventsPerHour);
    }

    /**
     * Judges one call that ended, as the engine does; for reports that name calls.
     *
     * @param call the call
     * @return 0 for a good call, 1 for a bad one; empty where the call is none of this objective's
     */
    public OptionalDouble badnessOf(CallRecord call) {
        return badness(call.info(), indicator.badnessOf(call));
    }

    /**
     * Judges one later event, as the engine does.
     *
     * @param event the event
     * @return 0 for a good event, 1 for a bad one, between for a score that is averaged; empty where the event is none of
     *     this objective's
     */
    public OptionalDouble badnessOf(LlmEvent event) {
        return badness(event.call(), indicator.badnessOf(event));
    }

    private OptionalDouble badness(CallInfo call, double badness) {
        return Double.isNaN(badness) || !filter.matches(call) ? OptionalDouble.empty() : OptionalDouble.of(badness);
    }

    @Override
    public String toString() {
        return name + ": " + Percent.of(target()) + " of " + indicator.describe() + " over " + window;
    }
}
