package dev.llmops.logging;

import dev.llmops.core.privacy.SafeText;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.RiskFinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log entries of what happens to a call later. */
final class EventProjection {

    private static final double ALWAYS_KEPT = 1.0;

    private final CommonFields common;
    private final boolean showsTexts;

    EventProjection(CommonFields common, boolean showsTexts) {
        this.common = common;
        this.showsTexts = showsTexts;
    }

    static String nameOf(LlmEvent event) {
        if (event instanceof LlmEvent.Feedback) {
            return "llmops.feedback";
        }
        if (event instanceof LlmEvent.Evaluation) {
            return "llmops.evaluation";
        }
        return event instanceof LlmEvent.Refusal ? "llmops.refusal" : "llmops.risk";
    }

    LogEntry of(LlmEvent event) {
        String name = nameOf(event);
        CallInfo call = event.call();
        var fields = new MapWriter();
        common.write(name + "/1", common.of(event.at(), call), fields);
        fields.value(Field.VERSION_SET, common.versionSet(call.versionSet()));
        fields.number(Field.SAMPLE_RATE, ALWAYS_KEPT);
        String said = addOwn(fields, event);
        String of = call.requestId() == null ? call.callId().toString() : call.requestId();
        return new LogEntry(name, event.at(), SafeText.plain(said + " of " + of), fields.map());
    }

    /** Adds the fields of the event's own kind, and says in a few words what happened. */
    private String addOwn(FieldWriter fields, LlmEvent event) {
        if (event instanceof LlmEvent.Feedback feedback) {
            String verdict = Words.of(feedback.verdict());
            fields.word(Field.VERDICT, verdict);
            fields.text(Field.COMMENT, shown(feedback.comment()));
            return "feedback " + verdict;
        }
        if (event instanceof LlmEvent.Evaluation evaluation) {
            fields.text(Field.EVALUATION, evaluation.evaluation());
            if (Double.isFinite(evaluation.score())) {
                fields.number(Field.SCORE, evaluation.score());
            }
            fields.text(Field.LABEL, evaluation.label());
            fields.text(Field.EXPLANATION, shown(evaluation.explanation()));
            fields.text(Field.EVALUATOR, evaluation.evaluator());
            return "evaluation " + evaluation.evaluation() + ' ' + evaluation.score();
        }
        if (event instanceof LlmEvent.Refusal refusal) {
            fields.text(Field.REASON, refusal.reason());
            return "refusal " + refusal.reason();
        }
        LlmEvent.Risk risk = (LlmEvent.Risk) event;
        RiskFinding finding = risk.finding();
        RiskFinding risky = new RiskFinding(finding.type(), finding.action(), shown(finding.detail()));
        fields.value(Field.RISK, JsonList.of(List.of(risky), CallProjection::risk));
        return "risk " + finding.type() + ' ' + finding.action();
    }

    /** Comments, explanations and details may quote content, so they are shown on request only. */
    private @Nullable String shown(@Nullable String text) {
        return showsTexts ? text : null;
    }
}
