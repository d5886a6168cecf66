package dev.llmops.report.evidence;

import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.slo.status.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Events in the order of time. */
final class Timeline {

    private static final Set<SwitchEvent.Action> LOWERING = Set.of(
            SwitchEvent.Action.PAUSE,
            SwitchEvent.Action.DEGRADE,
            SwitchEvent.Action.LIMIT,
            SwitchEvent.Action.ROLL_BACK,
            SwitchEvent.Action.CLOSE_ENTRANCE,
            SwitchEvent.Action.REFUSE_UNIT);

    /** The meaning of an entry for the clock of the runbook. */
    enum Kind {
        CHANGE,
        SIGN,
        NOTICE,
        STOP,
        RECOVERY
    }

    record Entry(Instant at, Kind kind, String by, String text) {}

    private final List<Entry> entries = new ArrayList<>();

    Timeline copy() {
        Timeline copy = new Timeline();
        copy.entries.addAll(entries);
        return copy;
    }

    Timeline add(SwitchEvent event) {
        boolean lowers = LOWERING.contains(event.action());
        String by = event.actor().kind() == Actor.Kind.PERSON
                ? "person " + event.actor().name()
                : event.actor().name();
        String at = event.candidateRatio() > 0 ? " at " + event.stage() : "";
        String text = event.action().label() + at + ": " + event.reason();
        entries.add(new Entry(event.at(), lowers ? Kind.STOP : Kind.CHANGE, by, text));
        return this;
    }

    Timeline add(Incident incident) {
        String name = incident.severity() + " of " + incident.slo();
        entries.add(new Entry(incident.onset(), Kind.SIGN, "slo", "bad events of " + name + " began"));
        entries.add(new Entry(incident.firedAt(), Kind.NOTICE, "slo", name + " fired"));
        incident.resolvedAt().ifPresent(at -> entries.add(new Entry(at, Kind.RECOVERY, "slo", name + " resolved")));
        return this;
    }

    Timeline sign(Instant at, String by, String text) {
        entries.add(new Entry(at, Kind.SIGN, by, text));
        return this;
    }

    Timeline notice(Instant at, String by, String text) {
        entries.add(new Entry(at, Kind.NOTICE, by, text));
        return this;
    }

    List<Entry> entries() {
        return entries.stream()
                .sorted(Comparator.comparing(Entry::at)
                        .thenComparing(Entry::kind)
                        .thenComparing(Entry::text))
                .toList();
    }

    /** The entries as the file has them. */
    List<Map<String, String>> lines() {
        return entries().stream()
                .map(entry -> Map.of(
                        "at", entry.at().toString(),
                        "kind", entry.kind().name().toLowerCase(Locale.ROOT),
                        "by", entry.by(),
                        "text", entry.text()))
                .toList();
    }

    Optional<Entry> first(Kind... kinds) {
        Set<Kind> wanted = Set.of(kinds);
        return entries().stream().filter(entry -> wanted.contains(entry.kind())).findFirst();
    }
}
