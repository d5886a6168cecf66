package dev.llmops.redaction;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Redaction;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Redacts what callers and providers wrote into the record of a call before any view sees it, and notes in the record what
 * was found. Texts are captured content, free attributes, details of risks and the error's message; names are the response
 * model, finish reasons, the error's type, and the types and actions of risks. What happens to a call later is redacted
 * too: comments, explanations and details as texts; evaluations, labels, reasons, types and actions as names.
 *
 * <pre>{@code
 * LlmOps.builder()
 *         .contentPolicy(ContentPolicy.builder().captureContent(true).build())
 *         .enricher(RedactionEnricher.using(Redactor.ofDefaults()))
 *         .listener(…)
 * }</pre>
 *
 * <p>In all of them the call's own user, tenant and request ids are replaced too, so that no message quotes an id which
 * other fields show as a pseudonym.
 *
 * <p>It sees what the enrichers before it made, so add it after those that add texts.
 *
 * <p>A text that could not be judged is replaced by {@link RedactedText#DROPPED}, the record says {@code DROPPED}, and
 * the failure is counted at {@value #WHERE}. Thread-safe.
 *
 * <p>See docs/decisions/redaction.md#later-events-pass-through-the-enrichers.
 *
 * @since 0.1.0
 */
public final class RedactionEnricher implements CallEnricher, TelemetryAware {

    /** The place under which failures are counted. */
    public static final String WHERE = "redaction";

    private final Redactor texts;
    private final Redactor names;
    private volatile @Nullable Telemetry telemetry;

    private RedactionEnricher(Redactor texts, Redactor names) {
        this.texts = texts;
        this.names = names;
    }

    /**
     * Redacts texts and names alike.
     *
     * @param redactor finds and replaces
     * @return the enricher
     */
    public static RedactionEnricher using(Redactor redactor) {
        return using(redactor, redactor);
    }

    /**
     * Redacts texts and names each in their way, such as names by a {@linkplain Replacement#keyedHash keyed hash}, so that
     * two different names stay two.
     *
     * @param texts finds and replaces in texts
     * @param names finds and replaces in names
     * @return the enricher
     */
    public static RedactionEnricher using(Redactor texts, Redactor names) {
        return new RedactionEnricher(texts, names);
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public CallRecord enrich(CallRecord record) {
        return redactedOrWithoutTexts(record.info(), redactor -> redactor.redact(record));
    }

    @Override
    public LlmEvent enrich(LlmEvent event) {
        return redactedOrWithoutTexts(event.call(), redactor -> redactor.redact(event));
    }

    private <T> T redactedOrWithoutTexts(CallInfo call, Function<RecordRedactor, T> redaction) {
        RecordRedactor found = RecordRedactor.of(texts.with(KnownValues.of(call)), names.with(KnownValues.of(call)));
        T redacted;
        try {
            redacted = redaction.apply(found);
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal; // Ends the telemetry of this call: no listener is told.
            }
            // Such as an attribute of another enricher's that cannot be read: the record must not go on as it is.
            found = RecordRedactor.dropped();
            redacted = redaction.apply(found);
        }
        Telemetry counters = telemetry;
        if (counters != null && found.status() == Redaction.Status.DROPPED) {
            counters.count(Telemetry.Kind.FAILURES, WHERE);
        }
        return redacted;
    }
}
