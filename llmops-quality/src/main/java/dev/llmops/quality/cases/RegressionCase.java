package dev.llmops.quality.cases;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Redaction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Question with the answer that it got, kept to be asked again.
 *
 * @param id the id of the call
 * @param question what was asked, redacted
 * @param answer what was answered, redacted
 * @param good true if the answer was confirmed good, false if it was bad
 * @param signature why it was bad, or null for a good case
 * @param versionSet the id of the version set that answered
 * @param feature the feature of the application, or null
 * @param traceId the trace, or null
 * @param consent the user's consent to further use, as the call attribute {@value #CONSENT_ATTRIBUTE} states it, or null
 * @since 0.1.0
 */
public record RegressionCase(
        String id,
        String question,
        String answer,
        boolean good,
        CaseGroup.@Nullable Signature signature,
        String versionSet,
        @Nullable String feature,
        @Nullable String traceId,
        @Nullable Boolean consent) {

    /** The boolean call attribute with the user's consent to further use of the texts. */
    public static final String CONSENT_ATTRIBUTE = "llmops.consent";

    /**
     * Returns the case of a call, or null if its texts were not captured, or were dropped by redaction.
     *
     * @param record the call
     * @param good true if the answer was good
     * @param signature why it was bad, or null
     * @param redactor redacts both texts; runs again on texts that were redacted before
     * @return the case, or null
     */
    static @Nullable RegressionCase of(
            CallRecord record, boolean good, CaseGroup.@Nullable Signature signature, UnaryOperator<String> redactor) {
        String question = record.content().input();
        if (question == null || record.redaction().status() == Redaction.Status.DROPPED) {
            return null;
        }
        String answer = record.content().output();
        return new RegressionCase(
                record.info().callId().toString(),
                redactor.apply(question),
                answer == null ? "" : redactor.apply(answer),
                good,
                signature,
                record.info().versionSet().id(),
                record.info().feature(),
                record.info().traceId(),
                record.attributes().get(CONSENT_ATTRIBUTE) instanceof Boolean consent ? consent : null);
    }

    /** Names the case, never what it says. */
    @Override
    public String toString() {
        return "RegressionCase[" + id + (good ? " good" : " bad") + "]";
    }
}
