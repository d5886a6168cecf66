package dev.llmops.test;

import dev.llmops.core.record.CallInfo;

/**
 * An event that spent error budget.
 *
 * @param call the call that was bad, or that the bad event belongs to
 * @param value what was measured, for people
 * @param badness how bad it was, in (0, 1]
 * @param weight what sorts offenders of one objective: the worse, the greater
 * @since 0.1.0
 */
public record Offender(CallInfo call, String value, double badness, double weight) {

    @Override
    public String toString() {
        String id = call.requestId() == null ? call.callId().toString() : call.requestId();
        return id + " (" + call.provider() + "/" + call.requestModel() + "): " + value;
    }
}
