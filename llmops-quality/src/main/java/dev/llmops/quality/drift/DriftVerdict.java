package dev.llmops.quality.drift;

/**
 * Result of a comparison. Too little data is never reported as no drift.
 *
 * @since 0.1.0
 */
public enum DriftVerdict {
    /** The difference is significant and large enough to matter. */
    DRIFT,
    /** The difference is small, or chance explains it. */
    NO_DRIFT,
    /** There are too few values to tell. */
    INSUFFICIENT_DATA
}
