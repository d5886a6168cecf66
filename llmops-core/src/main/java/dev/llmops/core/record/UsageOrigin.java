package dev.llmops.core.record;

/**
 * Where the token counts of a call come from.
 *
 * @since 0.1.0
 */
public enum UsageOrigin {
    /** The provider said so. */
    REPORTED,
    /** Counted from the chunks that arrived, because the provider said nothing. */
    ESTIMATED,
    /** Nobody knows; not the same as zero. */
    UNKNOWN
}
