package dev.llmops.samples.gateway.release;

import dev.llmops.core.LlmCall;
import dev.llmops.core.version.VersionSet;
import dev.llmops.release.arm.Assignment;

/**
 * The arm of a request.
 *
 * @param assignment the arm
 * @param changes the versions that differ from the baseline's; empty in the arms of the baseline
 */
public record Assigned(Assignment assignment, VersionSet changes) {

    /** Returns the model that answers instead of the one that was asked for. */
    public String model(String asked) {
        return changes.part("model").orElse(asked);
    }

    /** Marks the call with its arm. */
    public LlmCall mark(LlmCall call) {
        return assignment.mark(call);
    }
}
