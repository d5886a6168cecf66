package dev.llmops.report.live;

import dev.llmops.release.GateDecision;
import dev.llmops.release.GateVerdict;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.policy.GatePolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release as the page shows it.
 *
 * @param policy the policy that judges it
 * @param decision the latest decision of the gate
 * @param verdict the verdict in force, which a person may have set
 * @param reason the sentence behind it
 * @param state the state of the switch
 * @param events the changes of the switch, oldest first
 * @param calls calls that were assigned to each arm
 * @param packLink a relative link to the evidence pack; null for none
 * @since 0.1.0
 */
public record LiveRelease(
        GatePolicy policy,
        GateDecision decision,
        GateVerdict verdict,
        String reason,
        SwitchState state,
        List<SwitchEvent> events,
        Map<Arm, Long> calls,
        @Nullable String packLink) {

    /** Copies the collections. */
    public LiveRelease {
        events = List.copyOf(events);
        calls = Map.copyOf(calls);
    }
}
