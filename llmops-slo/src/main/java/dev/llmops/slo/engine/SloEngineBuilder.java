package dev.llmops.slo.engine;

import dev.llmops.core.Ticker;
import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import dev.llmops.slo.alert.AlertListener;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.Lint;
import dev.llmops.slo.file.ObjectiveSet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of an {@link SloEngine}. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SloEngineBuilder {

    final List<Objective> objectives = new ArrayList<>();
    final List<EventRule> eventRules = new ArrayList<>();
    final List<CompositeObjective> composites = new ArrayList<>();
    final List<Exclusion> exclusions = new ArrayList<>();
    final List<AlertListener> listeners = new ArrayList<>(List.of(AlertListener.logging()));
    Clock clock = Clock.systemUTC();
    Ticker ticker = Ticker.system();
    Duration evaluateEvery = Duration.ofSeconds(15);
    Duration snapshotEvery = Duration.ofMinutes(1);

    IntSupplier replicas = () -> 0;
    final Map<String, String> labels = new TreeMap<>();

    @Nullable
    SnapshotFile snapshotFile;

    SloEngineBuilder() {}

    /**
     * Adds objectives, composites, event rules and exclusions.
     *
     * @param set the set
     * @return this builder
     */
    public SloEngineBuilder objectives(ObjectiveSet set) {
        objectives.addAll(set.objectives());
        eventRules.addAll(set.eventRules());
        composites.addAll(set.composites());
        exclusions.addAll(set.exclusions());
        return this;
    }

    /**
     * Adds an objective.
     *
     * @param objective the objective
     * @return this builder
     */
    public SloEngineBuilder objective(Objective objective) {
        objectives.add(Objects.requireNonNull(objective, "objective"));
        return this;
    }

    /**
     * Adds an event rule.
     *
     * @param rule the rule
     * @return this builder
     */
    public SloEngineBuilder eventRule(EventRule rule) {
        eventRules.add(Objects.requireNonNull(rule, "eventRule"));
        return this;
    }

    /**
     * Adds a listener for alerts, in addition to the log.
     *
     * @param listener the listener
     * @return this builder
     */
    public SloEngineBuilder alertListener(AlertListener listener) {
        listeners.add(Objects.requireNonNull(listener, "alertListener"));
        return this;
    }

    /**
     * Tells the engine how many instances the service has, so that statuses say how much of the fleet they saw; unknown
     * by default.
     *
     * @param number gives the number of instances, this one included; 0 while unknown; asked for each status
     * @return this builder
     */
    public SloEngineBuilder replicas(IntSupplier number) {
        replicas = Objects.requireNonNull(number, "replicas");
        return this;
    }

    /**
     * Sets the value that this process has in a free dimension, such as its region. Calls without one are grouped under
     * {@code unknown}.
     *
     * @param label the label of a {@linkplain Dimension#isFree() free} dimension
     * @param value the value
     * @return this builder
     * @throws IllegalArgumentException if calls know the dimension themselves
     */
    public SloEngineBuilder label(String label, String value) {
        if (!Dimension.of(label).isFree()) {
            throw new IllegalArgumentException("label is '" + label
                    + "' — calls have it themselves — set it on the call, and only free labels such as region here");
        }
        labels.put(label, Objects.requireNonNull(value, label));
        return this;
    }

    /**
     * Sets the wall clock, which places windows; the system's by default.
     *
     * @param value the clock
     * @return this builder
     */
    public SloEngineBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * Sets the monotonic clock, which paces snapshots; the virtual machine's by default.
     *
     * @param value the ticker
     * @return this builder
     */
    public SloEngineBuilder ticker(Ticker value) {
        ticker = Objects.requireNonNull(value, "ticker");
        return this;
    }

    /**
     * Sets how often alerts are judged; every 15 seconds by default.
     *
     * @param interval in [1 s, 1 min], or zero to leave it to calls of {@link SloEngine#evaluate()}
     * @return this builder
     * @throws IllegalArgumentException if the interval is out of range
     */
    public SloEngineBuilder evaluateEvery(Duration interval) {
        boolean inRange =
                interval.compareTo(Duration.ofSeconds(1)) >= 0 && interval.compareTo(Duration.ofMinutes(1)) <= 0;
        if (!interval.isZero() && !inRange) {
            throw new IllegalArgumentException("evaluateEvery is " + interval
                    + " — allowed are 1s to 1m, or zero for no thread — pass Duration.ofSeconds(15)");
        }
        evaluateEvery = interval;
        return this;
    }

    /**
     * Keeps the windows in a file over restarts, saved every minute and on close. One engine to a file.
     *
     * @param file the file; its directory is created
     * @return this builder
     * @throws IllegalArgumentException if there is a folder of that name
     */
    public SloEngineBuilder snapshot(Path file) {
        snapshotFile = new SnapshotFile(file);
        return this;
    }

    /**
     * Keeps the windows in a file over restarts.
     *
     * @param file the file; its directory is created
     * @param every how often it is saved; a crash loses at most that much
     * @return this builder
     * @throws IllegalArgumentException if the interval is not positive, or there is a folder of that name
     */
    public SloEngineBuilder snapshot(Path file, Duration every) {
        if (every.isZero() || every.isNegative()) {
            throw new IllegalArgumentException(
                    "snapshot interval is " + every + " — longer than zero — pass Duration.ofMinutes(1)");
        }
        snapshotEvery = every;
        return snapshot(file);
    }

    /**
     * Builds and starts the engine, with the state of its snapshot file if there is one.
     *
     * @return the engine
     * @throws InvalidObjectivesException naming every error that {@link Lint} finds
     */
    public SloEngine build() {
        Lint.requireUsable(set());
        return new SloEngine(this);
    }

    ObjectiveSet set() {
        return new ObjectiveSet(objectives, eventRules, composites, exclusions);
    }
}
