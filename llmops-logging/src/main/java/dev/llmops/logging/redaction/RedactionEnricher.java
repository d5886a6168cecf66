package dev.llmops.logging.redaction;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.CallError;
import dev.llmops.core.CallRecord;
import dev.llmops.core.Content;
import dev.llmops.core.Redaction;
import dev.llmops.core.Telemetry;
import dev.llmops.core.TelemetryAware;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Redacts what callers and providers wrote into the record of a call — captured content, free attributes and the error's
 * message — before any view sees it, and notes in the record what was found.
 *
 * <pre>{@code
 * LlmOps.builder()
 *         .captureContent(true)
 *         .enricher(RedactionEnricher.using(Redactor.ofDefaults()))
 *         .listener(…)
 * }</pre>
 *
 * <p>A text that could not be judged is replaced by {@link RedactedText#DROPPED}, the record says {@code DROPPED}, and
 * the failure is counted at {@value #WHERE}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RedactionEnricher implements CallEnricher, TelemetryAware {

    /** The place under which failures are counted. */
    public static final String WHERE = "redaction";

    private final Redactor redactor;
    private volatile @Nullable Telemetry telemetry;

    private RedactionEnricher(Redactor redactor) {
        this.redactor = redactor;
    }

    /**
     * Redacts records.
     *
     * @param redactor finds and replaces
     * @return the enricher
     */
    public static RedactionEnricher using(Redactor redactor) {
        return new RedactionEnricher(redactor);
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public CallRecord enrich(CallRecord record) {
        TreeWalk.Findings findings = new TreeWalk.Findings();
        Content content = record.content();
        CallRecord redacted = record.toBuilder()
                .content(new Content(
                        text(content.input(), "input", findings), text(content.output(), "output", findings)))
                .error(error(record.error(), findings))
                .attributes(attributes(record.attributes(), findings))
                .redaction(new Redaction(
                        findings.status(), findings.fields(), findings.counts(), Redactor.DETECTOR_VERSION))
                .build();
        Telemetry counters = telemetry;
        if (counters != null && findings.status() == Redaction.Status.DROPPED) {
            counters.count(Telemetry.Kind.FAILURES, WHERE);
        }
        return redacted;
    }

    private @Nullable String text(@Nullable String text, String field, TreeWalk.Findings findings) {
        if (text == null) {
            return null;
        }
        RedactedText redacted = redactor.redact(text);
        findings.add(field, redacted);
        return redacted.text();
    }

    private @Nullable CallError error(@Nullable CallError error, TreeWalk.Findings findings) {
        return error == null ? null : error.withMessage(text(error.message(), "error.message", findings));
    }

    private Map<String, Object> attributes(Map<String, Object> attributes, TreeWalk.Findings findings) {
        if (attributes.isEmpty()) {
            return attributes;
        }
        RedactedTree tree = redactor.redactTree(attributes);
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
