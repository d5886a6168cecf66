package dev.llmops.core;

import dev.llmops.core.internal.Truncation;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.telemetry.LabelLimiter;
import dev.llmops.core.telemetry.Telemetry;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Joins later events to their calls and passes them to the listeners; an event without a call is counted. */
final class EventJoiner {

    private final CallPipeline pipeline;

    EventJoiner(CallPipeline pipeline) {
        this.pipeline = pipeline;
    }

    boolean feedback(
            @Nullable String id,
            LlmEvent.@Nullable Verdict verdict,
            @Nullable String comment,
            @Nullable String source,
            @Nullable String identifier) {
        if (verdict == null) {
            return dropped("feedback_without_verdict");
        }
        String knownSource = source == null || source.isBlank() ? LabelLimiter.UNKNOWN : name(source);
        String knownIdentifier = identifier == null ? "" : name(identifier);
        return occurred(
                id, (call, at) -> new LlmEvent.Feedback(call, at, verdict, comment, knownSource, knownIdentifier));
    }

    boolean evaluation(
            @Nullable String id,
            @Nullable String evaluation,
            double score,
            @Nullable String label,
            @Nullable String explanation,
            @Nullable String evaluator) {
        if (evaluation == null || evaluation.isBlank()) {
            return dropped("evaluation_without_name");
        }
        if (!Double.isFinite(score)) {
            return dropped("evaluation_not_finite");
        }
        return occurred(
                id,
                (call, at) -> new LlmEvent.Evaluation(
                        call,
                        at,
                        name(evaluation),
                        score,
                        Truncation.cutOrNull(label, Truncation.MAX_NAME_LENGTH),
                        explanation,
                        Truncation.cutOrNull(evaluator, Truncation.MAX_NAME_LENGTH)));
    }

    boolean refusal(@Nullable String id, @Nullable String reason) {
        String known = reason == null || reason.isBlank() ? LabelLimiter.UNKNOWN : name(reason);
        return occurred(id, (call, at) -> new LlmEvent.Refusal(call, at, known));
    }

    boolean risk(@Nullable String id, @Nullable RiskFinding finding) {
        return finding == null
                ? dropped("risk_without_finding")
                : occurred(id, (call, at) -> new LlmEvent.Risk(call, at, finding));
    }

    private static String name(String text) {
        return Truncation.cut(text, Truncation.MAX_NAME_LENGTH);
    }

    private boolean occurred(@Nullable String id, BiFunction<CallInfo, Instant, LlmEvent> event) {
        Optional<CallInfo> call = id == null ? Optional.empty() : pipeline.recentCalls.find(id);
        if (call.isEmpty()) {
            return dropped("event_of_unknown_call");
        }
        pipeline.eventOccurred(event.apply(call.get(), pipeline.clock.instant()));
        return true;
    }

    private boolean dropped(String where) {
        pipeline.telemetry.count(Telemetry.Kind.DROPPED, where);
        return false;
    }
}
