package dev.llmops.core.record;

/**
 * The origin of the counts of a call.
 *
 * @since 0.1.0
 */
public enum UsageOrigin {
    /** The provider reported them. */
    REPORTED,
    /** Counted from the chunks that arrived, because the provider reported none. */
    ESTIMATED,
    /** The usage is not known; not the same as zero. */
    UNKNOWN
}
