package dev.llmops.core.record;

/**
 * The ending of a call. Every call has exactly one.
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
    /** The call became unreachable or too old without an ending. */
    ABANDONED("abandoned");

    private final String status;

    Outcome(String status) {
        this.status = status;
    }

    /**
     * Returns the word for this outcome in labels and logs.
     *
     * @return a lower-case word
     */
    public String status() {
        return status;
    }
}
