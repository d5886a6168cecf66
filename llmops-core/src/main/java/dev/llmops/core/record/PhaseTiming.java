package dev.llmops.core.record;

/**
 * A named phase of a call, such as {@code queue} or {@code retrieval}.
 *
 * @param name the phase's name
 * @param offsetNanos nanoseconds from the start of the call to the start of the phase
 * @param durationNanos how long the phase took, in nanoseconds
 * @param depth 0 for a phase of the call itself, 1 for a phase inside it, and so on
 * @since 0.1.0
 */
public record PhaseTiming(String name, long offsetNanos, long durationNanos, int depth) {}
