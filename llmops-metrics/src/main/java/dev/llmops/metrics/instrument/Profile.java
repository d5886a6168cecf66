package dev.llmops.metrics.instrument;

/**
 * A vocabulary of metric names. Several may be emitted side by side while dashboards move from one to the next.
 *
 * @since 0.1.0
 */
public enum Profile {
    /** This library's own names: stable, and the only ones for what OpenTelemetry has no name for. */
    LLM,
    /** OpenTelemetry's GenAI client metrics as emitters and dashboards use them today (semantic conventions 1.41). */
    GEN_AI,
    /** OpenTelemetry's GenAI client metrics after their renaming (state of October 2026, not released). */
    GEN_AI_NEXT
}
