package dev.llmops.slo.engine;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.alert.AlertHistory;
import dev.llmops.slo.alert.AlertListener;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.CompositeStatus;
import dev.llmops.slo.status.EventRuleStatus;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges objectives within one process: counts every call as good or bad when it ends, every score in the minute of its
 * call, and tells alerts from it.
 *
 * <pre>{@code
 * SloEngine slo = SloEngine.builder()
 *         .objectives(ObjectiveSet.read(Path.of("objectives.yml")))
 *         .snapshot(Path.of("data/slo.snapshot"))
 *         .build();
 * LlmOps llmops = LlmOps.builder().listener(slo).build();
 * ...
 * slo.statuses().forEach(System.out::println);
 * }</pre>
 *
 * <p>All methods are safe for use by many threads. Recording takes no lock for events of the minute that is running,
 * never blocks on evaluation for more than some microseconds, and never throws; what it drops, such as an event older
 * than the window, is counted as {@code llm.telemetry.dropped}. Windows move in whole minutes; the last one ends with
 * the minute that is running.
 *
 * @since 0.1.0
 */
public final class SloEngine implements LlmListener, TelemetryAware, AutoCloseable {

    private final ObjectiveSet objectiveSet;
    private final Clock clock;
    private final List<AlertListener> listeners;
    private final SnapshotKeeper snapshots;
    private final IntSupplier instances;
    private final Exclusions exclusions;
    private final VerdictCounters counters = new VerdictCounters(this::telemetry);
    private final AllSeries series;
    private final EventRouter events;
    private final Object evaluation = new Object();
    private final @Nullable EvaluationThread evaluator;
    private volatile Telemetry telemetry = new Telemetry();

    SloEngine(SloEngineBuilder builder) {
        clock = builder.clock;
        objectiveSet = builder.set();
        listeners = List.copyOf(builder.listeners);
        instances = builder.replicas;
        snapshots = new SnapshotKeeper(builder.snapshotFile, builder.snapshotEvery, builder.ticker, clock.instant());
        exclusions = new Exclusions(objectiveSet, snapshots.exclusions());
        series = new AllSeries(
                objectiveSet,
                builder.labels,
                snapshots,
                exclusions,
                counters,
                () -> Minutes.of(clock.instant()),
                this::countDropped,
                clock.instant());
        events = new EventRouter(series, this::countDropped);
        evaluator = builder.evaluateEvery.isZero()
                ? null
                : new EvaluationThread(builder.evaluateEvery, this::evaluateQuietly);
    }

    /**
     * Starts an engine.
     *
     * @return a builder
     */
    public static SloEngineBuilder builder() {
        return new SloEngineBuilder();
    }

    private Telemetry telemetry() {
        return telemetry;
    }

    /**
     * Opens a group before its first event, so that its counters are scraped at 0 and Prometheus can see the first
     * events grow. A group that is born with a count is invisible to {@code rate} until its second scrape.
     *
     * @param objective the name of a grouped objective; an unknown name does nothing
     * @param group a value for each of its dimensions
     */
    public void expectGroup(String objective, Map<Dimension, String> group) {
        series.open(objective, group);
    }

    private void countDropped(String where) {
        telemetry.count(Telemetry.Kind.DROPPED, where);
    }

    @Override
    public void useTelemetry(Telemetry shared) {
        telemetry = shared;
        series.objectives.forEach(each -> each.useTelemetry(shared));
        for (AlertListener listener : listeners) {
            if (listener instanceof TelemetryAware aware) {
                aware.useTelemetry(shared);
            }
        }
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        record(record);
    }

    /**
     * Counts a call that ended, for every objective and event rule it matters to; called by {@code LlmOps} through
     * {@link #callEnded}. Calls with a {@linkplain CallInfo#purpose() purpose}, such as a judge's, are not the product's and
     * count for none.
     *
     * @param call the call
     */
    public void record(CallRecord call) {
        events.record(call);
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        events.event(event);
    }

    /**
     * Counts one event that the application judged by itself, for an objective without groups. An unknown objective is
     * counted as dropped.
     *
     * @param objective the objective's name
     * @param at when the event happened
     * @param good whether it was good
     */
    public void report(String objective, Instant at, boolean good) {
        events.report(objective, at, good);
    }

    /**
     * Returns the objectives, composites and event rules of this engine, and all excluded time.
     *
     * @return the set, with the exclusions as they are now
     */
    public ObjectiveSet objectives() {
        return new ObjectiveSet(
                objectiveSet.objectives(), objectiveSet.eventRules(), objectiveSet.composites(), exclusions.all());
    }

    /**
     * Excludes a span of time from now on, also one in the past or in the future; it is kept in the snapshot. What is more
     * than three days past is excluded in whole hours, aligned with the window.
     *
     * @param exclusion the span, who decided it and why
     * @throws IllegalArgumentException if it names an objective that is not there
     */
    public void exclude(Exclusion exclusion) {
        exclusions.add(exclusion);
        series.useExclusions();
    }

    /**
     * Withdraws an exclusion that was added by {@link #exclude}. Events that became older than three days while they were
     * excluded do not come back.
     *
     * @param exclusion the exclusion
     * @return false where it was not added
     */
    public boolean withdraw(Exclusion exclusion) {
        boolean wasThere = exclusions.withdraw(exclusion);
        series.useExclusions();
        return wasThere;
    }

    /**
     * Returns true while the events of an objective are excluded.
     *
     * @param objective its name
     * @return true if an exclusion that applies to it lasts now
     */
    public boolean isExcluded(String objective) {
        return exclusions.isExcluded(objective, clock.instant());
    }

    /**
     * Judges every objective now. Changes nothing.
     *
     * @return statuses in the order of the objectives, groups by their values
     */
    public List<SloStatus> statuses() {
        return statuses(series.all());
    }

    /**
     * Judges one objective now.
     *
     * @param objective its name
     * @return its statuses, one for each group; empty where the name is unknown
     */
    public List<SloStatus> statuses(String objective) {
        return statuses(series.all().filter(each -> each.slo().equals(objective)));
    }

    /**
     * Judges the objective, or the group of it, that a counter counts for.
     *
     * @param counter one of {@link #verdictCounters()}
     * @return its status now; empty for an event rule
     */
    public Optional<SloStatus> status(VerdictCounter counter) {
        return counter instanceof Series counted
                ? Optional.of(status(counted, clock.instant(), replicas()))
                : Optional.empty();
    }

    private List<SloStatus> statuses(Stream<Series> chosen) {
        Instant now = clock.instant();
        Replicas replicas = replicas();
        return chosen.map(each -> status(each, now, replicas)).toList();
    }

    private SloStatus status(Series chosen, Instant now, Replicas replicas) {
        return chosen.status(now, replicas, snapshots.notes(chosen.objective(), now));
    }

    private Replicas replicas() {
        int known = Math.max(0, instances.getAsInt());
        return new Replicas(1, known);
    }

    /**
     * Judges every event rule now.
     *
     * @return statuses in the order of the rules
     */
    public List<EventRuleStatus> eventRuleStatuses() {
        Instant now = clock.instant();
        return series.eventRules.stream().map(rule -> rule.status(now)).toList();
    }

    /**
     * Judges every composite now.
     *
     * @return statuses in the order of the composites
     */
    public List<CompositeStatus> compositeStatuses() {
        Instant now = clock.instant();
        Replicas replicas = replicas();
        return series.composites.stream()
                .map(composite -> composite.status(now, member -> status(member, now, replicas)))
                .toList();
    }

    /**
     * Judges everything now: objectives, composites and event rules, for {@code StatusJson}.
     *
     * @return all statuses
     */
    public List<Status> allStatuses() {
        return Stream.of(statuses(), compositeStatuses(), eventRuleStatuses())
                .<Status>flatMap(List::stream)
                .toList();
    }

    /**
     * Returns the past alerts of an objective or event rule.
     *
     * @param slo its name
     * @return incidents of all its groups; none where the name is unknown
     */
    public AlertHistory history(String slo) {
        return new AlertHistory(series.alerts()
                .flatMap(alerts -> alerts.history().stream())
                .filter(incident -> incident.slo().equals(slo))
                .sorted(Comparator.comparing(Incident::firedAt))
                .toList());
    }

    /**
     * Records whether an alert was worth it, for {@link AlertHistory#precision()}.
     *
     * @param incidentId see {@link Incident#id()}
     * @param worthIt true if one would want it again
     * @return false where the incident is unknown
     */
    public boolean judge(String incidentId, boolean worthIt) {
        return series.alerts().anyMatch(alerts -> alerts.judge(incidentId, worthIt));
    }

    /**
     * The exact counters behind {@code llm.slo.events}.
     *
     * @return one counter for each series there is now
     */
    public List<VerdictCounter> verdictCounters() {
        return counters.all();
    }

    /**
     * Binds the counters to a metrics library: the listener gets every counter there is, and later each one that a new
     * group brings. Those of objectives without groups are there from the start, at 0.
     *
     * @param listener takes a counter; called by the thread that brought the group, so it must be quick
     */
    public void onVerdictCounter(Consumer<VerdictCounter> listener) {
        counters.listen(listener);
    }

    /**
     * Judges all alerts now, tells the listeners what changed, and saves the snapshot when it is due. Runs by itself
     * unless the builder turned that off.
     *
     * @return what changed
     */
    public List<AlertListener.Change> evaluate() {
        synchronized (evaluation) {
            Instant now = clock.instant();
            Replicas replicas = replicas();
            List<AlertListener.Change> changes = new ArrayList<>();
            series.all()
                    .forEach(each ->
                            changes.addAll(each.evaluate(now, replicas, snapshots.notes(each.objective(), now))));
            series.eventRules.forEach(rule -> changes.addAll(rule.evaluate(now)));
            series.composites.forEach(composite -> composite.judge(now));
            changes.forEach(this::tell);
            if (snapshots.isDue()) {
                save();
            }
            return List.copyOf(changes);
        }
    }

    private void tell(AlertListener.Change change) {
        for (AlertListener listener : listeners) {
            try {
                listener.alertChanged(change);
            } catch (RuntimeException e) {
                telemetry.failure(
                        "slo.alert_listener", e, "fix " + listener.getClass().getName());
            }
        }
    }

    private void evaluateQuietly() {
        try {
            evaluate();
        } catch (RuntimeException e) {
            telemetry.failure("slo.evaluation", e, "report it as a bug");
        }
    }

    private void save() {
        snapshots.save(new SnapshotFile.Content(series.images(), exclusions.added()), telemetry);
    }

    /** Stops evaluating and saves the snapshot. Events that come later still count, but listeners are not called. */
    @Override
    public void close() {
        if (evaluator != null) {
            evaluator.stop();
        }
        synchronized (evaluation) {
            save();
        }
    }
}
