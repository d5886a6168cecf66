package dev.llmops.slo.backtest;

import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Objective;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The alerts of an objective in the past, by severity, opened and resolved as the engine does it. */
final class PastAlerts {

    private final Objective objective;
    private final EventHistory history;
    private final RollingSums sums;
    private final Map<String, Incident> open = new HashMap<>();
    private final List<Incident> closed = new ArrayList<>();

    PastAlerts(Objective objective, EventHistory history) {
        this.objective = objective;
        this.history = history;
        sums = new RollingSums(history);
    }

    /** Follows the statuses of ascending moments. */
    void follow(SloStatus status) {
        objective.alerts().tiers().stream().map(AlertTier::severity).distinct().forEach(severity -> {
            TierVerdict.State state = status.alertState(severity);
            Incident incident = open.get(severity);
            if (incident == null && state == TierVerdict.State.FIRING) {
                open.put(severity, begin(severity, status));
            } else if (incident != null && state != TierVerdict.State.FIRING && state != TierVerdict.State.NO_DATA) {
                open.remove(severity);
                closed.add(incident.resolved(status.at(), spent(incident.onset(), status)));
            }
        });
    }

    private Incident begin(String severity, SloStatus status) {
        Instant onset = onset(severity, status);
        String id = objective.name() + "/" + severity + "/" + status.at();
        return new Incident(
                id, objective.name(), Map.of(), severity, onset, status.at(), null, spent(onset, status), null);
    }

    /** The start of the first step in the long window of the tier that fires that is itself over its threshold. */
    private Instant onset(String severity, SloStatus status) {
        TierVerdict firing = status.tiers().stream()
                .filter(verdict ->
                        verdict.tier().severity().equals(severity) && verdict.state() == TierVerdict.State.FIRING)
                .findFirst()
                .orElseThrow();
        Instant start = status.at().minus(firing.tier().longWindow());
        return history.steps().subMap(start, false, status.at(), true).entrySet().stream()
                .filter(step -> step.getValue().bad()
                        > firing.threshold() * step.getValue().total())
                .map(step -> step.getKey().minus(history.step()))
                .findFirst()
                .orElse(status.at());
    }

    private double spent(Instant onset, SloStatus status) {
        Counts counts = sums.between(onset, status.at());
        double total = status.counts().total();
        return total == 0 ? 0 : objective.budget().burnRate(Math.min(1, counts.bad() / total));
    }

    List<Incident> incidents() {
        List<Incident> all = new ArrayList<>(closed);
        all.addAll(open.values());
        all.sort(Comparator.comparing(Incident::firedAt));
        return all;
    }
}
