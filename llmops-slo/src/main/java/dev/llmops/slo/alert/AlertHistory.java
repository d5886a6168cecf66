package dev.llmops.slo.alert;

import dev.llmops.slo.status.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The past alerts of an objective, in figures.
 *
 * @param incidents the latest incidents, oldest first
 * @since 0.1.0
 */
public record AlertHistory(List<Incident> incidents) {

    /** Most incidents kept for a series: {@value}; older ones are forgotten. */
    public static final int LIMIT = 200;

    /** Copies the list. */
    public AlertHistory {
        incidents = List.copyOf(incidents);
    }

    /**
     * The part of the history that is about one severity.
     *
     * @param severity the severity
     * @return its history
     */
    public AlertHistory ofSeverity(String severity) {
        return new AlertHistory(incidents.stream()
                .filter(incident -> incident.severity().equals(severity))
                .toList());
    }

    /**
     * Returns the time that trouble lasts before an alert fires.
     *
     * @return the mean time to detect; empty without incidents
     */
    public Optional<Duration> meanTimeToDetect() {
        return mean(incidents.stream().map(Incident::timeToDetect));
    }

    /**
     * Returns the time that an alert fires before it is resolved.
     *
     * @return the mean time to resolve (MTTR); empty without a resolved incident
     */
    public Optional<Duration> meanTimeToResolve() {
        return mean(incidents.stream().flatMap(incident -> incident.timeToResolve().stream()));
    }

    /**
     * Returns the time between the end of one incident and the next alert of the same severity.
     *
     * @return the mean time between failures (MTBF); empty before a second incident
     */
    public Optional<Duration> meanTimeBetweenFailures() {
        List<Duration> quiet = new ArrayList<>();
        for (int i = 1; i < incidents.size(); i++) {
            Incident next = incidents.get(i);
            for (int j = i - 1; j >= 0; j--) {
                Incident before = incidents.get(j);
                boolean sameAlert = before.severity().equals(next.severity())
                        && before.slo().equals(next.slo())
                        && before.group().equals(next.group());
                if (sameAlert) {
                    before.resolvedAt().ifPresent(end -> quiet.add(Duration.between(end, next.firedAt())));
                    break;
                }
            }
        }
        return mean(quiet.stream());
    }

    /**
     * The share of alerts that were worth it, among those that people judged.
     *
     * @return in [0, 1]; empty before the first judgement
     */
    public OptionalDouble precision() {
        return incidents.stream()
                .flatMap(incident -> Stream.ofNullable(incident.worthItOrNull()))
                .mapToInt(worthIt -> worthIt ? 1 : 0)
                .average();
    }

    private static Optional<Duration> mean(Stream<Duration> durations) {
        OptionalDouble millis = durations.mapToLong(Duration::toMillis).average();
        return millis.isEmpty() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(millis.getAsDouble())));
    }
}
