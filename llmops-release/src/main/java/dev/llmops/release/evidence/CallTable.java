package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.policy.GatePolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Collects calls and what was said of them, in any order, and adds them up; for sources that are read as a whole. */
final class CallTable {

    private final Map<String, CallFacts> calls = new TreeMap<>();
    private final Map<String, CallVerdicts> verdicts = new HashMap<>();

    void add(CallFacts call) {
        calls.put(call.callId(), call);
    }

    CallVerdicts verdicts(String callId) {
        return verdicts.computeIfAbsent(callId, id -> new CallVerdicts());
    }

    GateEvidence evidence(String changeId, GatePolicy policy, GateProfile profile, Instant now) {
        EvidenceFold fold = new EvidenceFold(policy, profile, now);
        Map<String, String> voters = new HashMap<>();
        // In the order of their ids, which is that of their starts.
        calls.values()
                .forEach(call -> voters.putIfAbsent(voterKey(call.stage(), call.unit(), call.arm()), call.callId()));
        calls.forEach((id, call) -> {
            boolean hasVote = id.equals(voters.get(voterKey(call.stage(), call.unit(), call.arm())));
            fold.add(call, verdicts(id), hasVote);
        });
        return fold.evidence(changeId);
    }

    /** The shadow answers the same unit as the arm that is seen, and has a vote of its own. */
    static String voterKey(String stage, String unit, Arm arm) {
        return (arm == Arm.SHADOW ? "shadow/" : "/") + stage + '/' + unit;
    }
}
