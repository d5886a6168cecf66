package dev.llmops.slo.engine;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.Timing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Calls that happened. */
public final class Calls {

    private Calls() {}

    public static CallInfo.Builder info(Instant startedAt) {
        return info(startedAt, "gpt-4o");
    }

    public static CallInfo.Builder info(Instant startedAt, String model) {
        return CallInfo.builder(UUID.randomUUID(), startedAt, Operation.CHAT, "openai", model);
    }

    public static CallRecord completed(Instant endedAt) {
        return record(info(endedAt).build(), Outcome.COMPLETED, Duration.ZERO).build();
    }

    public static CallRecord failed(Instant endedAt, ErrorKind kind) {
        return record(info(endedAt).build(), Outcome.FAILED, Duration.ZERO)
                .error(CallError.of(kind))
                .build();
    }

    public static CallRecord.Builder record(CallInfo info, Outcome outcome, Duration duration) {
        return CallRecord.builder(
                info, outcome, Timing.builder(duration.toNanos()).build());
    }

    public static CallRecord timed(Outcome outcome, Timing timing) {
        return CallRecord.builder(info(Instant.EPOCH).build(), outcome, timing).build();
    }

    public static CallRecord costing(String amount, String currency) {
        return record(info(Instant.EPOCH).build(), Outcome.COMPLETED, Duration.ZERO)
                .cost(new Cost(CostState.EXACT, new BigDecimal(amount), currency, List.of(), null))
                .build();
    }

    static CallRecord risky(Instant endedAt, String type, String action) {
        return record(info(endedAt).build(), Outcome.COMPLETED, Duration.ZERO)
                .risks(List.of(new RiskFinding(type, action, null)))
                .build();
    }

    public static LlmEvent score(CallInfo call, Instant at, String evaluation, double score) {
        return new LlmEvent.Evaluation(call, at, evaluation, score, null, null);
    }

    public static LlmEvent feedback(CallInfo call, Instant at, LlmEvent.Verdict verdict) {
        return new LlmEvent.Feedback(call, at, verdict, null);
    }
}
