package dev.llmops.tracing;

/**
 * The form in which a trace shows what happens to a call after its span has ended: feedback, evaluations, refusals, risks.
 *
 * @since 0.1.0
 */
public enum LaterEvents {

    /**
     * A span of its own, linked to the call's span; the default. It needs nothing but the trace pipeline, and its own
     * trace, since the call's may have been closed, or sampled out, hours ago.
     */
    LINKED_SPAN,

    /**
     * An event of the logs signal in the call's span: {@code gen_ai.evaluation.result}, as the GenAI conventions have it,
     * for evaluations and feedback, {@code llmops.refusal} and {@code llmops.risk} for the others. Needs an OpenTelemetry
     * whose logs pipeline is set up.
     */
    LOG_EVENT
}
