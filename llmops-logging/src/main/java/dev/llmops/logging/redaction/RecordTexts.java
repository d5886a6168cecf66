package dev.llmops.logging.redaction;

import dev.llmops.core.CallError;
import dev.llmops.core.CallRecord;
import dev.llmops.core.Content;
import dev.llmops.core.Redaction;
import dev.llmops.core.RiskFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything of one record that may quote somebody, and what has been found in it. Not thread-safe. */
final class RecordTexts {

    private final Function<String, RedactedText> texts;
    private final Function<Map<String, Object>, RedactedTree> trees;
    private final TreeWalk.Findings findings = new TreeWalk.Findings();

    RecordTexts(Function<String, RedactedText> texts, Function<Map<String, Object>, RedactedTree> trees) {
        this.texts = texts;
        this.trees = trees;
    }

    CallRecord redact(CallRecord record) {
        Content content = record.content();
        return record.toBuilder()
                .content(new Content(text(content.input(), "input"), text(content.output(), "output")))
                .error(error(record.error()))
                .risks(risks(record.risks()))
                .attributes(attributes(record.attributes()))
                .redaction(new Redaction(
                        findings.status(), findings.fields(), findings.counts(), Redactor.DETECTOR_VERSION))
                .build();
    }

    private @Nullable String text(@Nullable String text, String field) {
        if (text == null) {
            return null;
        }
        RedactedText redacted = texts.apply(text);
        findings.add(field, redacted);
        return redacted.text();
    }

    private @Nullable CallError error(@Nullable CallError error) {
        return error == null ? null : error.withMessage(text(withoutCutWord(error.message()), "error.message"));
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
            String detail = text(risk.detail(), "risk[" + redacted.size() + "].detail");
            redacted.add(new RiskFinding(risk.type(), risk.action(), detail));
        }
        return redacted;
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
