package dev.llmops.report.slo;

import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.internal.Shown;
import dev.llmops.slo.Durations;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tiers that fire, and since when. */
final class AlertSection {

    private record Alert(SloStatus status, TierVerdict verdict) {}

    private final List<Alert> firing = new ArrayList<>();
    private final Map<TierVerdict.State, Integer> states = new TreeMap<>();
    private final List<Incident> incidents;

    AlertSection(List<SloStatus> statuses, List<Incident> incidents) {
        this.incidents = incidents;
        for (SloStatus status : statuses) {
            for (TierVerdict verdict : status.tiers()) {
                states.merge(verdict.state(), 1, Integer::sum);
                if (verdict.state() == TierVerdict.State.FIRING) {
                    firing.add(new Alert(status, verdict));
                }
            }
        }
    }

    /** Returns the part of the page's first sentence. */
    String summary() {
        if (firing.isEmpty()) {
            return "no alert fires";
        }
        List<String> alerts = firing.stream()
                .map(alert -> alert.verdict.tier().severity() + " for " + SloPage.name(alert.status))
                .distinct()
                .toList();
        return (alerts.size() == 1 ? "an alert fires: " : alerts.size() + " alerts fire: ") + String.join(", ", alerts);
    }

    Block block() {
        Block table = new Block.Table(
                "Firing",
                List.of("objective", "severity", "tier", "threshold", "long", "short", "since"),
                firing.stream().map(this::row).toList(),
                "No alert fires.");
        String others = state(TierVerdict.State.CLEAR) + " tiers are clear, " + state(TierVerdict.State.HELD)
                + " held back on too few events, " + state(TierVerdict.State.NO_DATA) + " without data.";
        return new Block.Section(
                "Alerts",
                firing.isEmpty() ? "" : "FIRING",
                firing.isEmpty() ? Block.Tone.NEUTRAL : Block.Tone.BAD,
                List.of(table, Block.paragraph(others)));
    }

    private int state(TierVerdict.State state) {
        return states.getOrDefault(state, 0);
    }

    private List<Inline> row(Alert alert) {
        TierVerdict verdict = alert.verdict;
        return List.of(
                Inline.text(SloPage.name(alert.status)),
                Inline.badge(verdict.tier().severity(), Block.Tone.BAD),
                Inline.text(Durations.format(verdict.tier().longWindow()) + " and "
                        + Durations.format(verdict.tier().shortWindow()) + ", ×"
                        + Shown.number(verdict.tier().factor())),
                Inline.number(Shown.percent(verdict.threshold())),
                Inline.number(Shown.percent(verdict.longBurn().counts().errorRatio(), "no events")),
                Inline.number(Shown.percent(verdict.shortBurn().counts().errorRatio(), "no events")),
                Inline.text(since(alert)));
    }

    private String since(Alert alert) {
        return incidents.stream()
                .filter(incident -> incident.resolvedAtOrNull() == null
                        && incident.slo().equals(alert.status.objective().name())
                        && incident.group().equals(alert.status.group())
                        && incident.severity().equals(alert.verdict.tier().severity()))
                .map(incident -> incident.firedAt() + ", trouble since " + incident.onset())
                .findFirst()
                .orElse("not recorded");
    }
}
