package dev.llmops.logging.redaction;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.CallRecord;
import dev.llmops.core.Redaction;
import dev.llmops.core.Telemetry;
import dev.llmops.core.TelemetryAware;
import org.jspecify.annotations.Nullable;

/**
 * Redacts what callers and providers wrote into the record of a call — captured content, free attributes, details of risks and
 * the error's message — before any view sees it, and notes in the record what was found.
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
        CallRecord redacted = redactedOrWithoutTexts(record);
        Telemetry counters = telemetry;
        if (counters != null && redacted.redaction().status() == Redaction.Status.DROPPED) {
            counters.count(Telemetry.Kind.FAILURES, WHERE);
        }
        return redacted;
    }

    private CallRecord redactedOrWithoutTexts(CallRecord record) {
        try {
            return new RecordTexts(redactor::redact, redactor::redactTree).redact(record);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // Such as an attribute of another enricher's that cannot be read: the record must not go on as it is.
            return new RecordTexts(text -> RedactedText.dropped(), tree -> RedactedTree.dropped()).redact(record);
        }
    }
}
