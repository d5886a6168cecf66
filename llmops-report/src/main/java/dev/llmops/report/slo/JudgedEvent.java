package dev.llmops.report.slo;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.status.SloStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An event of an objective: when it counted, how bad it was, and what was measured.
 *
 * @param at when it counted
 * @param call the call that was judged, or that the later event belongs to
 * @param badness 0 for a good event, 1 for a bad one, between for a score that is averaged
 * @param value what was measured, for people
 * @param weight order among bad events of one objective: the greater, the worse
 * @param measured the values behind the verdict
 * @param message the error's message, before redaction; empty for none
 * @since 0.1.0
 */
public record JudgedEvent(
        Instant at,
        CallInfo call,
        double badness,
        String value,
        double weight,
        List<Measured> measured,
        String message) {

    private static final Comparator<JudgedEvent> WORST_FIRST = Comparator.comparingDouble(JudgedEvent::badness)
            .thenComparingDouble(JudgedEvent::weight)
            .reversed();

    /** Copies the values. */
    public JudgedEvent {
        measured = List.copyOf(measured);
    }

    /**
     * Judges traffic by an objective, as the engine does.
     *
     * @param objective the objective
     * @param calls calls that ended
     * @param events later events
     * @return the events of the objective, by their time
     */
    public static List<JudgedEvent> of(Objective objective, List<CallRecord> calls, List<LlmEvent> events) {
        Set<UUID> scored = new HashSet<>(); // Only the first score of a call counts.
        return Stream.concat(
                        calls.stream().flatMap(call -> ofCall(objective, call)),
                        events.stream()
                                .flatMap(event -> ofEvent(objective, event))
                                .filter(score -> scored.add(score.call().callId())))
                .sorted(Comparator.comparing(JudgedEvent::at))
                .toList();
    }

    /**
     * Judges traffic by one group of an objective; events in excluded time are left out.
     *
     * @param status a status of the group
     * @param calls calls that ended
     * @param events later events
     * @return the events of the group, by their time
     */
    public static List<JudgedEvent> of(SloStatus status, List<CallRecord> calls, List<LlmEvent> events) {
        return of(status.objective(), calls, events).stream()
                .filter(event -> status.exclusions().stream()
                        .noneMatch(each ->
                                event.at().isAfter(each.from()) && !event.at().isAfter(each.to())))
                .filter(event -> status.group().entrySet().stream()
                        .allMatch(part -> part.getValue().equals(part.getKey().of(event.call()))))
                .toList();
    }

    /**
     * Selects the events that spent the most budget.
     *
     * @param events events of one objective
     * @param limit how many at most
     * @return bad events, the worst first
     */
    public static List<JudgedEvent> worst(List<JudgedEvent> events, int limit) {
        return events.stream()
                .filter(event -> event.badness() > 0)
                .sorted(WORST_FIRST)
                .limit(limit)
                .toList();
    }

    private static Stream<JudgedEvent> ofCall(Objective objective, CallRecord call) {
        OptionalDouble badness = objective.badnessOf(call);
        return badness.isEmpty()
                ? Stream.empty()
                : Stream.of(new JudgedEvent(
                        call.endedAt(),
                        call.info(),
                        badness.getAsDouble(),
                        CallValue.describe(objective.indicator(), call),
                        CallValue.weight(objective.indicator(), call),
                        CallValue.all(objective.indicator(), call),
                        CallValue.message(call)));
    }

    private static Stream<JudgedEvent> ofEvent(Objective objective, LlmEvent event) {
        OptionalDouble badness = objective.badnessOf(event);
        if (badness.isEmpty()) {
            return Stream.empty();
        }
        boolean thumbsDown = badness.getAsDouble() > 0;
        if (event instanceof LlmEvent.Evaluation scored) {
            double score = scored.score();
            Measured value = new Measured(objective.indicator(), score);
            return Stream.of(new JudgedEvent(
                    event.call().startedAt(),
                    event.call(),
                    badness.getAsDouble(),
                    "score " + score,
                    -score,
                    List.of(value),
                    ""));
        }
        String value = "thumbs " + (thumbsDown ? "down" : "up");
        return Stream.of(new JudgedEvent(
                event.call().startedAt(), event.call(), badness.getAsDouble(), value, 0, List.of(), ""));
    }

    @Override
    public String toString() {
        return id() + " (" + call.provider() + "/" + call.requestModel() + "): " + value;
    }

    String id() {
        return call.requestId() == null ? call.callId().toString() : call.requestId();
    }

    /**
     * A value that an indicator compares with its threshold.
     *
     * @param indicator the indicator, or the part of a goodput
     * @param value milliseconds for a latency, an amount for a cost, otherwise the score
     */
    public record Measured(Indicator indicator, double value) {}
}
