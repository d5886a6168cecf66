package dev.llmops.redaction;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Content;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Redaction;
import dev.llmops.core.record.RiskFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one record, or of one later event, that may quote somebody, and what has been found in it. Names are words
 * that somebody outside may choose, such as a provider its errors'. Not thread-safe.
 *
 * <p>See docs/decisions/redaction.md#ids-of-the-call-become-labels-in-its-texts.
 */
final class RecordRedactor {

    private final Function<String, RedactedText> texts;
    private final Function<String, RedactedText> names;
    private final Function<Map<String, Object>, RedactedTree> trees;
    private final TreeWalk.Findings findings = new TreeWalk.Findings();

    private RecordRedactor(
            Function<String, RedactedText> texts,
            Function<String, RedactedText> names,
            Function<Map<String, Object>, RedactedTree> trees) {
        this.texts = texts;
        this.names = names;
        this.trees = trees;
    }

    static RecordRedactor of(Redactor texts, Redactor names) {
        return new RecordRedactor(texts::redact, names::redact, texts::redactTree);
    }

    /** The redaction that replaces every text by the word that says so. */
    static RecordRedactor dropped() {
        return new RecordRedactor(
                text -> RedactedText.dropped(), name -> RedactedText.dropped(), tree -> RedactedTree.dropped());
    }

    Redaction.Status status() {
        return findings.status();
    }

    CallRecord redact(CallRecord record) {
        Content content = record.content();
        return record.toBuilder()
                .content(new Content(textOrNull(content.input(), "input"), textOrNull(content.output(), "output")))
                .responseModel(nameOrNull(record.responseModel(), "response_model"))
                .finishReasons(finishReasons(record.finishReasons()))
                .error(error(record.error()))
                .risks(risks(record.risks()))
                .attributes(attributes(record.attributes()))
                .redaction(new Redaction(
                        findings.status(), findings.fields(), findings.counts(), Redactor.DETECTOR_VERSION))
                .build();
    }

    LlmEvent redact(LlmEvent event) {
        CallInfo call = event.call();
        if (event instanceof LlmEvent.Feedback feedback) {
            return new LlmEvent.Feedback(
                    call,
                    event.at(),
                    feedback.verdict(),
                    textOrNull(feedback.comment(), "comment"),
                    name(feedback.source(), "source"),
                    name(feedback.identifier(), "identifier"));
        }
        if (event instanceof LlmEvent.Evaluation evaluation) {
            return new LlmEvent.Evaluation(
                    call,
                    event.at(),
                    name(evaluation.evaluation(), "evaluation"),
                    evaluation.score(),
                    nameOrNull(evaluation.label(), "label"),
                    textOrNull(evaluation.explanation(), "explanation"),
                    nameOrNull(evaluation.evaluator(), "evaluator"));
        }
        if (event instanceof LlmEvent.Refusal refusal) {
            return new LlmEvent.Refusal(call, event.at(), name(refusal.reason(), "reason"));
        }
        return new LlmEvent.Risk(call, event.at(), risk(((LlmEvent.Risk) event).finding(), "risk"));
    }

    private @Nullable String textOrNull(@Nullable String text, String field) {
        return text == null ? null : redacted(texts.apply(text), field);
    }

    private @Nullable String nameOrNull(@Nullable String name, String field) {
        return name == null ? null : name(name, field);
    }

    private String name(String name, String field) {
        return redacted(names.apply(name), field);
    }

    private String redacted(RedactedText redacted, String field) {
        findings.add(field, redacted);
        return redacted.text();
    }

    private List<String> finishReasons(List<String> reasons) {
        List<String> redacted = new ArrayList<>(reasons.size());
        for (String reason : reasons) {
            redacted.add(name(reason, "finish_reasons[" + redacted.size() + "]"));
        }
        return redacted;
    }

    private @Nullable CallError error(@Nullable CallError error) {
        return error == null
                ? null
                : new CallError(
                        error.kind(),
                        name(error.type(), "error.type"),
                        error.httpStatus(),
                        textOrNull(withoutCutWord(error.message()), "error.message"));
    }

    /** The bound on messages may have cut a secret in two, and half of one is not known for what it is. */
    private static @Nullable String withoutCutWord(@Nullable String message) {
        if (message == null || message.length() < CallError.MAX_MESSAGE_LENGTH - 1) {
            return message;
        }
        int end = message.length();
        while (end > 0 && !Character.isWhitespace(message.charAt(end - 1))) {
            end--;
        }
        return message.substring(0, end) + '…';
    }

    private List<RiskFinding> risks(List<RiskFinding> risks) {
        List<RiskFinding> redacted = new ArrayList<>(risks.size());
        for (RiskFinding risk : risks) {
            redacted.add(risk(risk, "risk[" + redacted.size() + "]"));
        }
        return redacted;
    }

    private RiskFinding risk(RiskFinding risk, String field) {
        return new RiskFinding(
                name(risk.type(), field + ".type"),
                name(risk.action(), field + ".action"),
                textOrNull(risk.detail(), field + ".detail"));
    }

    private Map<String, Object> attributes(Map<String, Object> attributes) {
        if (attributes.isEmpty()) {
            return attributes;
        }
        RedactedTree tree = trees.apply(attributes);
        findings.addAll("attributes.", tree);
        Map<String, Object> copy = new LinkedHashMap<>();
        if (tree.value() instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value != null) {
                    copy.put(String.valueOf(key), value);
                }
            });
        }
        return copy;
    }
}
