package dev.llmops.test;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** One event of an objective: when it counted, how bad it was, and what was measured. */
record Judged(Instant at, CallInfo call, double badness, String value, double weight) {

    /** The events of an objective among traffic, in the order of their time. */
    static List<Judged> of(Objective objective, List<CallRecord> calls, List<LlmEvent> events) {
        Set<UUID> scored = new HashSet<>(); // A call has one score, the first.
        return Stream.concat(
                        calls.stream().flatMap(call -> ofCall(objective, call)),
                        events.stream()
                                .flatMap(event -> ofEvent(objective, event))
                                .filter(score -> scored.add(score.call().callId())))
                .sorted(Comparator.comparing(Judged::at))
                .toList();
    }

    private static Stream<Judged> ofCall(Objective objective, CallRecord call) {
        OptionalDouble badness = objective.badnessOf(call);
        return badness.isEmpty()
                ? Stream.empty()
                : Stream.of(new Judged(
                        call.endedAt(),
                        call.info(),
                        badness.getAsDouble(),
                        valueOf(objective.indicator(), call),
                        weightOf(objective.indicator(), call)));
    }

    private static Stream<Judged> ofEvent(Objective objective, LlmEvent event) {
        OptionalDouble badness = objective.badnessOf(event);
        if (badness.isEmpty()) {
            return Stream.empty();
        }
        boolean scored = event instanceof LlmEvent.Evaluation;
        double score = scored ? ((LlmEvent.Evaluation) event).score() : 0;
        String value = scored ? "score " + score : "thumbs " + (badness.getAsDouble() == 0 ? "up" : "down");
        return Stream.of(new Judged(event.call().startedAt(), event.call(), badness.getAsDouble(), value, -score));
    }

    private static String valueOf(Indicator indicator, CallRecord call) {
        if (indicator instanceof Indicator.Latency latency) {
            OptionalLong nanos = nanosOf(latency, call);
            return nanos.isPresent()
                    ? String.format(Locale.ROOT, "%.1f ms", nanos.getAsLong() / 1e6)
                    : outcomeOf(call) + String.format(Locale.ROOT, " after %.1f ms", durationMillis(call));
        }
        if (indicator instanceof Indicator.CostPerCall) {
            Cost cost = call.cost();
            return cost == null || cost.amountOrNull() == null
                    ? "no price"
                    : cost.amountOrNull().toPlainString() + " " + cost.currency();
        }
        return outcomeOf(call);
    }

    private static String outcomeOf(CallRecord call) {
        String outcome = call.outcome().name().toLowerCase(Locale.ROOT);
        return call.error() == null ? outcome : outcome + ", " + call.error().kind();
    }

    private static double durationMillis(CallRecord call) {
        return call.timing().durationNanos() / 1e6;
    }

    private static double weightOf(Indicator indicator, CallRecord call) {
        if (indicator instanceof Indicator.Latency latency) {
            return nanosOf(latency, call).orElse(call.timing().durationNanos());
        }
        Cost cost = call.cost();
        return indicator instanceof Indicator.CostPerCall && cost != null && cost.amountOrNull() != null
                ? cost.amountOrNull().doubleValue()
                : call.timing().durationNanos();
    }

    private static OptionalLong nanosOf(Indicator.Latency latency, CallRecord call) {
        return switch (latency.measure()) {
            case DURATION -> OptionalLong.of(call.timing().durationNanos());
            case TIME_TO_FIRST_TOKEN -> call.timing().timeToFirstTokenNanos();
            case TIME_PER_OUTPUT_TOKEN -> call.timing().timePerOutputTokenNanos();
        };
    }

    Offender toOffender() {
        return new Offender(call, value, badness, weight);
    }
}
