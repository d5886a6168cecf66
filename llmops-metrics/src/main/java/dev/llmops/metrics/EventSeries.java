package dev.llmops.metrics;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend.Adder;
import dev.llmops.metrics.internal.HistogramBackend.Trace;
import dev.llmops.metrics.internal.HistogramBackend.ValueRecorder;
import dev.llmops.metrics.internal.Memo;
import org.jspecify.annotations.Nullable;

/** Findings in calls, while they ran or later. */
final class EventSeries {

    private final Limits limits;
    private final Adder refusals;
    private final Memo<LlmEvent.Verdict, Adder> feedback;
    private final Memo<String, ValueRecorder> evaluations;
    private final Memo<Risk, Adder> risks;

    private record Risk(String type, String action) {}

    EventSeries(TargetMeters meters) {
        limits = meters.limits();
        refusals = meters.counter(Instrument.REFUSALS);
        feedback = new Memo<>(verdict -> meters.counter(Instrument.FEEDBACK, LabelValues.of(verdict)));
        evaluations = new Memo<>(evaluation -> meters.distribution(Instrument.EVALUATION_SCORE, evaluation));
        risks = new Memo<>(risk -> meters.counter(Instrument.RISK_EVENTS, risk.type, risk.action));
        for (LlmEvent.Verdict verdict : LlmEvent.Verdict.values()) {
            feedback.get(verdict);
        }
    }

    void record(CallRecord call) {
        if (call.isRefusal()) {
            refusals.add(1);
        }
        call.risks().forEach(this::risk);
    }

    void occurred(LlmEvent event, @Nullable Trace trace) {
        if (event instanceof LlmEvent.Feedback given) {
            feedback.get(given.verdict()).add(1);
        } else if (event instanceof LlmEvent.Evaluation scored) {
            evaluations.get(limits.limit("evaluation", scored.evaluation())).record(scored.score(), trace);
        } else if (event instanceof LlmEvent.Refusal) {
            refusals.add(1);
        } else if (event instanceof LlmEvent.Risk found) {
            risk(found.finding());
        }
    }

    private void risk(RiskFinding finding) {
        Risk risk = new Risk(limits.limit("risk_type", finding.type()), limits.limit("risk_action", finding.action()));
        risks.get(risk).add(1);
    }
}
