package dev.llmops.release.evidence;

import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the facts of a call from its record. */
final class RecordFacts {

    private static final double NANOS_PER_MILLI = 1e6;

    private RecordFacts() {}

    static CallFacts of(CallRecord record) {
        CallInfo info = record.info();
        Map<String, Object> attributes = record.attributes();
        CallError error = record.error();
        Object pair = attributes.get(Assignment.PAIR);
        return new CallFacts(
                info.callId().toString(),
                info.startedAt().toEpochMilli(),
                String.valueOf(attributes.getOrDefault(Assignment.STAGE, "")),
                Arm.ofLabel(String.valueOf(attributes.getOrDefault(Assignment.ARM, Arm.BASELINE.label()))),
                String.valueOf(attributes.getOrDefault(Assignment.UNIT, "")),
                pair == null ? null : pair.toString(),
                false,
                info.isStreaming(),
                record.timing().durationNanos() / NANOS_PER_MILLI,
                millis(record.timing().timeToFirstTokenNanos()),
                record.outcome().status(),
                error == null || error.kind().countsAgainstAvailability(),
                record.isRefusal(),
                Boolean.TRUE.equals(attributes.get(Assignment.FALLBACK)),
                record.cache() == CacheResult.HIT || record.cache() == CacheResult.COALESCED,
                amount(record.cost()),
                record.usage().inputTokens().orElse(0),
                record.usage().cachedInputTokens(),
                record.usage().outputTokens().orElse(0),
                Objects.requireNonNullElse(info.feature(), ""),
                info.operation().name(),
                types(record.risks()));
    }

    private static Set<String> types(List<RiskFinding> risks) {
        return risks.isEmpty()
                ? Set.of()
                : risks.stream().map(RiskFinding::type).collect(Collectors.toUnmodifiableSet());
    }

    private static double millis(OptionalLong nanos) {
        return nanos.isPresent() ? nanos.getAsLong() / NANOS_PER_MILLI : Double.NaN;
    }

    private static double amount(@Nullable Cost cost) {
        return cost == null || cost.amountOrNull() == null
                ? Double.NaN
                : cost.amountOrNull().doubleValue();
    }

    static CallFacts ofOpen(CallInfo info, Assignment assignment, double firstTokenMillis, Instant now) {
        return new CallFacts(
                info.callId().toString(),
                info.startedAt().toEpochMilli(),
                assignment.stage(),
                assignment.arm(),
                HexFormat.of().toHexDigits(assignment.unitHash()),
                null,
                true,
                info.isStreaming(),
                Duration.between(info.startedAt(), now).toNanos() / NANOS_PER_MILLI,
                firstTokenMillis,
                CallFacts.COMPLETED,
                false,
                false,
                false,
                false,
                Double.NaN,
                0,
                0,
                0,
                Objects.requireNonNullElse(info.feature(), ""),
                info.operation().name(),
                Set.of());
    }

    static void apply(LlmEvent event, CallTable.Judgements verdicts) {
        long atMillis = event.at().toEpochMilli();
        if (event instanceof LlmEvent.Feedback feedback) {
            verdicts.feedback(feedback.verdict() == LlmEvent.Verdict.DOWN, atMillis);
        } else if (event instanceof LlmEvent.Evaluation evaluation && Double.isFinite(evaluation.score())) {
            verdicts.evaluation(evaluation.evaluation(), evaluation.score(), evaluation.evaluator(), atMillis);
        } else if (event instanceof LlmEvent.Refusal) {
            verdicts.refusal(atMillis);
        } else if (event instanceof LlmEvent.Risk risk) {
            verdicts.risk(risk.finding().type());
        }
    }
}
