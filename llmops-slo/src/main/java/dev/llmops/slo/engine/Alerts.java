package dev.llmops.slo.engine;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.alert.AlertHistory;
import dev.llmops.slo.alert.AlertListener;
import dev.llmops.slo.status.EventRuleStatus;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.Status;
import dev.llmops.slo.status.TierVerdict;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The alerts of one series by severity, and their incidents. A firing alert whose windows run empty stays open as "no
 * data" until data decide: silence neither ends an incident nor begins one.
 */
final class Alerts {

    private final String slo;
    private final Map<Dimension, String> group;
    private final Deque<Incident> closed = new ArrayDeque<>();
    private final Map<String, Incident> open = new HashMap<>();
    private final Map<String, AlertListener.Change.Kind> lastChange = new HashMap<>();

    Alerts(String slo, Map<Dimension, String> group, List<Incident> earlier) {
        this.slo = slo;
        this.group = group;
        for (Incident incident : earlier) {
            if (incident.resolvedAtOrNull() == null) {
                open.put(incident.severity(), incident);
                lastChange.put(incident.severity(), AlertListener.Change.Kind.FIRING);
            } else {
                closed.add(incident);
            }
        }
    }

    /** Follows a status; returns what changed. */
    synchronized List<AlertListener.Change> update(
            SloStatus status, Instant now, Function<TierVerdict, Instant> onset, ToDoubleFunction<Instant> spentSince) {
        Set<String> severities = new LinkedHashSet<>();
        status.tiers().forEach(verdict -> severities.add(verdict.tier().severity()));
        List<AlertListener.Change> changes = new ArrayList<>();
        for (String severity : severities) {
            TierVerdict.State state = status.alertState(severity);
            TierVerdict decisive = status.tiers().stream()
                    .filter(verdict -> verdict.tier().severity().equals(severity) && verdict.state() == state)
                    .findFirst()
                    .orElseThrow();
            Supplier<String> reason = () -> decisive.reason() + "; " + status.reason();
            update(severity, state, now, status, () -> onset.apply(decisive), spentSince, reason, changes);
        }
        return changes;
    }

    /** Follows an event rule; returns what changed. */
    synchronized List<AlertListener.Change> update(EventRuleStatus status) {
        List<AlertListener.Change> changes = new ArrayList<>();
        String severity = status.rule().severity();
        update(severity, status.state(), status.at(), status, status::at, at -> 0, status::reason, changes);
        return changes;
    }

    private void update(
            String severity,
            TierVerdict.State state,
            Instant now,
            Status source,
            Supplier<Instant> onset,
            ToDoubleFunction<Instant> spentSince,
            Supplier<String> reason,
            List<AlertListener.Change> changes) {
        Incident incident = open.get(severity);
        if (incident == null) {
            if (state == TierVerdict.State.FIRING) {
                incident = begin(severity, onset.get(), now, spentSince);
                changes.add(change(AlertListener.Change.Kind.FIRING, now, incident, source, reason));
            }
            return;
        }
        AlertListener.Change.Kind kind =
                switch (state) {
                    case FIRING -> AlertListener.Change.Kind.FIRING;
                    case NO_DATA -> AlertListener.Change.Kind.NO_DATA;
                    case CLEAR, HELD -> AlertListener.Change.Kind.RESOLVED;
                };
        if (kind == AlertListener.Change.Kind.RESOLVED) {
            Incident resolved = incident.resolved(now, spentSince.applyAsDouble(incident.onset()));
            open.remove(severity);
            remember(resolved);
            changes.add(change(kind, now, resolved, source, reason));
        } else if (kind != lastChange.get(severity)) {
            changes.add(change(kind, now, incident, source, reason));
        }
    }

    private Incident begin(String severity, Instant onset, Instant now, ToDoubleFunction<Instant> spentSince) {
        Instant began = onset.isAfter(now) ? now : onset;
        String id = slo + (group.isEmpty() ? "" : "/" + String.join("/", group.values())) + "/" + severity + "/" + now;
        Incident incident =
                new Incident(id, slo, group, severity, began, now, null, spentSince.applyAsDouble(began), null);
        open.put(severity, incident);
        return incident;
    }

    private AlertListener.Change change(
            AlertListener.Change.Kind kind, Instant now, Incident incident, Status source, Supplier<String> reason) {
        lastChange.put(incident.severity(), kind);
        return new AlertListener.Change(kind, now, incident, source, reason.get());
    }

    private void remember(Incident incident) {
        closed.addLast(incident);
        while (closed.size() > AlertHistory.LIMIT) {
            closed.removeFirst();
        }
    }

    /** All incidents, by the time they fired. */
    synchronized List<Incident> history() {
        List<Incident> all = new ArrayList<>(closed);
        all.addAll(open.values());
        all.sort(Comparator.comparing(Incident::firedAt));
        return List.copyOf(all);
    }

    /** Notes what people said about an incident; false if it is unknown. */
    synchronized boolean judge(String incidentId, boolean worthIt) {
        for (Map.Entry<String, Incident> entry : open.entrySet()) {
            if (entry.getValue().id().equals(incidentId)) {
                entry.setValue(entry.getValue().judged(worthIt));
                return true;
            }
        }
        List<Incident> all = new ArrayList<>(closed);
        boolean found = false;
        closed.clear();
        for (Incident incident : all) {
            boolean meant = incident.id().equals(incidentId);
            closed.addLast(meant ? incident.judged(worthIt) : incident);
            found |= meant;
        }
        return found;
    }
}
