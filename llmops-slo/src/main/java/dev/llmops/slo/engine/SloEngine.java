package dev.llmops.slo.engine;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.alert.AlertChange;
import dev.llmops.slo.alert.AlertHistory;
import dev.llmops.slo.alert.AlertListener;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.EventRuleStatus;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.SloStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private final List<ObjectiveSeries> objectives;
    private final List<EventRuleSeries> eventRules;
    private final ObjectiveSet objectiveSet;
    private final Clock clock;
    private final List<AlertListener> listeners;
    private final SnapshotKeeper snapshots;
    private final IntSupplier instances;
    private final ScoreDeduplicator scores = new ScoreDeduplicator();
    private final List<VerdictCounter> counters = new CopyOnWriteArrayList<>();
    private final List<Consumer<VerdictCounter>> counterListeners = new CopyOnWriteArrayList<>();
    private final Object evaluation = new Object();
    private final @Nullable EvaluationThread evaluator;
    private volatile Telemetry telemetry = new Telemetry();

    SloEngine(SloEngineBuilder builder) {
        clock = builder.clock;
        objectiveSet = new ObjectiveSet(builder.objectives, builder.eventRules);
        listeners = List.copyOf(builder.listeners);
        instances = builder.replicas;
        snapshots = new SnapshotKeeper(builder.snapshotFile, builder.snapshotEvery, builder.ticker, clock.instant());
        Instant startedAt = clock.instant();
        objectives = builder.objectives.stream()
                .map(objective -> new ObjectiveSeries(
                        objective, telemetry, builder.labels, group -> newSeries(objective, group, startedAt)))
                .toList();
        eventRules = builder.eventRules.stream().map(this::newRuleSeries).toList();
        snapshots.groups(this::expectGroup);
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

    private Series newSeries(Objective objective, Map<Dimension, String> group, Instant startedAt) {
        SeriesImage earlier = snapshots.take(objective.name(), group, SeriesImage.meaningOf(objective));
        Series series = new Series(objective, group, this::currentMinute, this::countDropped, startedAt, earlier);
        announce(series);
        return series;
    }

    private EventRuleSeries newRuleSeries(EventRule rule) {
        SeriesImage earlier = snapshots.take(rule.name(), Map.of(), SeriesImage.meaningOf(rule));
        EventRuleSeries series = new EventRuleSeries(rule, this::currentMinute, this::countDropped, earlier);
        announce(series);
        return series;
    }

    private void announce(VerdictCounter counter) {
        synchronized (counters) {
            counters.add(counter);
            counterListeners.forEach(listener -> show(counter, listener));
        }
    }

    /** A meter that cannot be registered must not keep the event of its group from being counted. */
    private void show(VerdictCounter counter, Consumer<VerdictCounter> listener) {
        try {
            listener.accept(counter);
        } catch (RuntimeException e) {
            telemetry.failure("slo.counter_listener", e, "bind the engine to a registry without meters of these names");
        }
    }

    /**
     * Opens a group before its first event, so that its counters are scraped at 0 and Prometheus can see the first
     * events grow. A group that is born with a count is invisible to {@code rate} until its second scrape.
     *
     * @param objective the name of a grouped objective; an unknown name does nothing
     * @param group a value for each of its dimensions
     */
    public void expectGroup(String objective, Map<Dimension, String> group) {
        objectives.stream()
                .filter(series -> series.objective().name().equals(objective))
                .forEach(series -> series.open(group));
    }

    private long currentMinute() {
        return Minutes.of(clock.instant());
    }

    private void countDropped(String where) {
        telemetry.count(Telemetry.Kind.DROPPED, where);
    }

    @Override
    public void useTelemetry(Telemetry shared) {
        telemetry = shared;
        objectives.forEach(series -> series.useTelemetry(shared));
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
        if (call.info().purpose() != null) {
            return;
        }
        long minute = Minutes.of(call.endedAt());
        for (ObjectiveSeries series : objectives) {
            if (series.matches(call.info())) {
                double badness = series.objective().indicator().badnessOf(call);
                if (!Double.isNaN(badness)) {
                    series.seriesOf(call.info()).add(minute, badness);
                }
            }
        }
        for (EventRuleSeries rule : eventRules) {
            rule.callEnded(call, minute);
        }
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        CallInfo call = event.call();
        if (call.purpose() != null) {
            return;
        }
        for (int i = 0; i < objectives.size(); i++) {
            ObjectiveSeries series = objectives.get(i);
            double badness = series.objective().indicator().badnessOf(event);
            if (!Double.isNaN(badness) && series.matches(call)) {
                addScore(series, i, call, badness);
            }
        }
        if (event instanceof LlmEvent.Risk risk) {
            long minute = Minutes.of(risk.at());
            eventRules.forEach(rule -> rule.riskFound(call, risk.finding(), minute));
        }
    }

    private void addScore(ObjectiveSeries series, int index, CallInfo call, double badness) {
        if (badness < 0 || badness > 1) {
            countDropped("slo.score_range");
        } else if (!scores.isFirst(call.callId(), index)) {
            countDropped("slo.second_score");
        } else {
            series.seriesOf(call).add(Minutes.of(call.startedAt()), badness);
        }
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
        for (ObjectiveSeries series : objectives) {
            if (series.objective().name().equals(objective)
                    && series.objective().groupBy().isEmpty()) {
                series.all().iterator().next().add(Minutes.of(at), good ? 0 : 1);
                return;
            }
        }
        countDropped("slo.unknown_objective");
    }

    /**
     * Returns the objectives and event rules of this engine.
     *
     * @return the objectives and event rules
     */
    public ObjectiveSet objectives() {
        return objectiveSet;
    }

    /**
     * Judges every objective now. Changes nothing.
     *
     * @return statuses in the order of the objectives, groups by their values
     */
    public List<SloStatus> statuses() {
        return statuses(series());
    }

    /**
     * Judges one objective now.
     *
     * @param objective its name
     * @return its statuses, one for each group; empty where the name is unknown
     */
    public List<SloStatus> statuses(String objective) {
        return statuses(series().filter(series -> series.objective().name().equals(objective)));
    }

    /**
     * Judges the objective, or the group of it, that a counter counts for.
     *
     * @param counter one of {@link #verdictCounters()}
     * @return its status now; empty for an event rule
     */
    public Optional<SloStatus> status(VerdictCounter counter) {
        return counter instanceof Series series
                ? Optional.of(status(series, clock.instant(), replicas()))
                : Optional.empty();
    }

    private List<SloStatus> statuses(Stream<Series> series) {
        Instant now = clock.instant();
        Replicas replicas = replicas();
        return series.map(each -> status(each, now, replicas)).toList();
    }

    private SloStatus status(Series series, Instant now, Replicas replicas) {
        return series.status(now, replicas, snapshots.notes(series.objective(), now));
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
        return eventRules.stream().map(rule -> rule.status(now)).toList();
    }

    /**
     * Returns the past alerts of an objective or event rule.
     *
     * @param slo its name
     * @return incidents of all its groups; none where the name is unknown
     */
    public AlertHistory history(String slo) {
        return new AlertHistory(alerts().flatMap(alerts -> alerts.history().stream())
                .filter(incident -> incident.slo().equals(slo))
                .sorted(Comparator.comparing(Incident::firedAt))
                .toList());
    }

    /**
     * Records whether an alert was worth it, for {@link AlertHistory#precision()}.
     *
     * @param incidentId see {@link Incident#id()}
     * @param worthIt whether somebody would want it again
     * @return false where the incident is unknown
     */
    public boolean judge(String incidentId, boolean worthIt) {
        return alerts().anyMatch(alerts -> alerts.judge(incidentId, worthIt));
    }

    /**
     * The exact counters behind {@code llm.slo.events}.
     *
     * @return one counter for each series there is now
     */
    public List<VerdictCounter> verdictCounters() {
        return List.copyOf(counters);
    }

    /**
     * Binds the counters to a metrics library: the listener gets every counter there is, and later each one that a new
     * group brings. Those of objectives without groups are there from the start, at 0.
     *
     * @param listener takes a counter; called by the thread that brought the group, so it must be quick
     */
    public void onVerdictCounter(Consumer<VerdictCounter> listener) {
        synchronized (counters) {
            counters.forEach(counter -> show(counter, listener));
            counterListeners.add(listener);
        }
    }

    /**
     * Judges all alerts now, tells the listeners what changed, and saves the snapshot when it is due. Runs by itself
     * unless the builder turned that off.
     *
     * @return what changed
     */
    public List<AlertChange> evaluate() {
        synchronized (evaluation) {
            Instant now = clock.instant();
            Replicas replicas = replicas();
            List<AlertChange> changes = new ArrayList<>();
            series().forEach(series ->
                    changes.addAll(series.evaluate(now, replicas, snapshots.notes(series.objective(), now))));
            eventRules.forEach(rule -> changes.addAll(rule.evaluate(now)));
            changes.forEach(this::tell);
            if (snapshots.isDue()) {
                save();
            }
            return List.copyOf(changes);
        }
    }

    private void tell(AlertChange change) {
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
        List<SeriesImage> images = new ArrayList<>();
        series().forEach(series -> images.add(series.image()));
        eventRules.forEach(rule -> images.add(rule.image()));
        snapshots.save(images, telemetry);
    }

    private Stream<Series> series() {
        return objectives.stream()
                .flatMap(all -> all.all().stream()
                        .sorted(Comparator.comparing(
                                series -> List.copyOf(series.group().values()).toString())));
    }

    private Stream<Alerts> alerts() {
        return Stream.concat(series().map(Series::alerts), eventRules.stream().map(EventRuleSeries::alerts));
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
