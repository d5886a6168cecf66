package dev.llmops.slo;

/**
 * The part of a service that a status has seen.
 *
 * @since 0.1.0
 */
public enum SloView {
    /** A single process: its ratio is unbiased behind a fair balancer, its counts are only a share. */
    INSTANCE,
    /** All processes together. */
    FLEET
}
