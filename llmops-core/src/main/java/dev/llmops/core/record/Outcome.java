package dev.llmops.core.record;

/**
 * How a call ended. Every call has exactly one.
 *
 * @since 0.1.0
 */
public enum Outcome {
    /** The answer arrived whole. */
    COMPLETED("success"),
    /** The consumer stopped listening; never a success. */
    CANCELLED("cancelled"),
    /** A deadline passed, before or after the first token. */
    TIMED_OUT("timeout"),
    /** The provider, the connection or the stream broke. */
    FAILED("error"),
    /** Refused before any model work: budget, quota or guard. */
    REJECTED("rejected"),
    /** Nobody ended the call: it became unreachable, or too old. */
    ABANDONED("abandoned");

    private final String status;

    Outcome(String status) {
        this.status = status;
    }

    /**
     * The word for it in labels and logs, alike in every view.
     *
     * @return a lower-case word
     */
    public String status() {
        return status;
    }
}
