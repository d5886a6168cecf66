package dev.llmops.core.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of redaction of a call's texts.
 *
 * @param status how far redaction got
 * @param anonymizedFields names of the fields in which something was replaced, in order
 * @param counts how many findings there were, by type
 * @param detectorVersion the version of the detectors, or null when none ran
 * @since 0.1.0
 */
public record Redaction(
        Status status,
        List<String> anonymizedFields,
        Map<String, Integer> counts,
        @Nullable String detectorVersion) {

    /** The state of redaction. */
    public enum Status {
        /** No redactor looked at the texts. */
        NOT_RUN,
        /** A redactor looked and found nothing. */
        CLEAN,
        /** Findings were replaced. */
        REDACTED,
        /** A detector failed, so the texts were dropped. */
        DROPPED
    }

    /** The state of a record that no redactor has seen. */
    public static final Redaction NOT_RUN = new Redaction(Status.NOT_RUN, List.of(), Map.of(), null);

    /**
     * Copies the collections.
     *
     * @param status how far redaction got
     * @param anonymizedFields names of the fields
     * @param counts findings by type
     * @param detectorVersion the version of the detectors, or null
     */
    public Redaction {
        anonymizedFields = List.copyOf(anonymizedFields);
        counts = Map.copyOf(counts);
    }

    /**
     * Returns true if personal data or secrets were found.
     *
     * @return true when any finding was counted
     */
    public boolean piiDetected() {
        return !counts.isEmpty();
    }
}
