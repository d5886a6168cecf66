package dev.llmops.quality.risk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Run of one guardrail.
 *
 * @param guardrail the detector's identity
 * @param phase the part of the call
 * @param risks what was found
 * @param action what was done
 * @param shadow true if the guardrail only watches
 * @param elapsedNanos how long it took, in nanoseconds
 * @param error the class of what the detector threw, or null
 * @since 0.1.0
 */
public record GuardrailRun(
        String guardrail,
        GuardrailPhase phase,
        List<Risk> risks,
        RiskAction action,
        boolean shadow,
        long elapsedNanos,
        @Nullable String error) {

    /** Copies the list. */
    public GuardrailRun {
        risks = List.copyOf(risks);
    }

    /**
     * Returns the result for labels: the action, and {@code would_act} for a finding of a guardrail that only watches.
     *
     * @return a word of low cardinality
     */
    public String result() {
        return shadow && action == RiskAction.LOGGED ? "would_act" : action.label();
    }
}
