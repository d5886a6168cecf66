package dev.llmops.core;

/**
 * How a call ended. Every call has exactly one.
 *
 * @since 0.1.0
 */
public enum Outcome {
    /** The answer arrived whole. */
    COMPLETED,
    /** The consumer stopped listening; never a success. */
    CANCELLED,
    /** A deadline passed, before or after the first token. */
    TIMED_OUT,
    /** The provider, the connection or the stream broke. */
    FAILED,
    /** Refused before any model work: budget, quota or guard. */
    REJECTED,
    /** Nobody ended the call: it became unreachable, or too old. */
    ABANDONED
}
