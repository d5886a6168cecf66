package dev.llmops.report.live;

import dev.llmops.report.live.LiveState.ObjectiveState;
import dev.llmops.report.live.LiveState.Sample;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.status.EventRuleStatus;
import dev.llmops.slo.status.SloStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes the remaining error budgets over the time of the process. Of a long time every other sample is dropped, again and
 * again, so that a few hundred span all of it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetHistory {

    /** The time between two notes that is short enough for a chart: 2 s. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final int MAX_SAMPLES = 300;

    private final SloEngine engine;
    private final Map<String, List<Sample>> samples = new HashMap<>();
    private long stride = 1;
    private long notes;

    /**
     * Creates a history without samples.
     *
     * @param engine the objectives
     */
    public BudgetHistory(SloEngine engine) {
        this.engine = engine;
    }

    /** Notes the budgets of this moment; to be called once in each {@link #INTERVAL}. */
    public synchronized void note() {
        if (notes++ % stride != 0) {
            return;
        }
        for (SloStatus status : engine.statuses()) {
            // An objective without events has its whole budget.
            samples.computeIfAbsent(key(status), key -> new ArrayList<>())
                    .add(new Sample(status.at(), status.budgetRemaining().orElse(1)));
        }
        if (samples.values().stream().anyMatch(list -> list.size() >= MAX_SAMPLES)) {
            stride *= 2;
            samples.replaceAll((key, list) -> everyOther(list));
        }
    }

    private static List<Sample> everyOther(List<Sample> samples) {
        List<Sample> kept = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += 2) {
            kept.add(samples.get(i));
        }
        return kept;
    }

    private static String key(SloStatus status) {
        return status.objective().name() + status.group();
    }

    /**
     * Returns the objectives as they are now, with their past.
     *
     * @return the objectives, in the engine's order
     */
    public synchronized List<ObjectiveState> objectives() {
        return engine.statuses().stream()
                .map(status -> {
                    List<Sample> past = new ArrayList<>(samples.getOrDefault(key(status), List.of()));
                    status.budgetRemaining().ifPresent(left -> past.add(new Sample(status.at(), left)));
                    return new ObjectiveState(status, past);
                })
                .toList();
    }

    /**
     * Returns the rules that allow no event, as they are now.
     *
     * @return the rules, in the engine's order
     */
    public List<EventRuleStatus> eventRules() {
        return engine.eventRuleStatuses();
    }
}
