package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.policy.GatePolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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
        Map<String, String> first = firstCalls();
        calls.forEach((id, call) -> fold.add(call, verdicts(id), id.equals(first.get(voterKey(call)))));
        return fold.evidence(changeId);
    }

    /** The calls that have the votes of their units. */
    List<ProfileMeasurement.JudgedCall> voters() {
        Map<String, String> first = firstCalls();
        return calls.values().stream()
                .filter(call -> call.callId().equals(first.get(voterKey(call))))
                .map(call -> new ProfileMeasurement.JudgedCall(call, verdicts(call.callId())))
                .toList();
    }

    /** The first call of each unit; ids are ordered by start. */
    private Map<String, String> firstCalls() {
        Map<String, String> first = new HashMap<>();
        calls.values().forEach(call -> first.putIfAbsent(voterKey(call), call.callId()));
        return first;
    }

    /** The shadow answers the same unit as the arm that is seen, and has a vote of its own. */
    static String voterKey(CallFacts call) {
        return (call.arm() == Arm.SHADOW ? "shadow/" : "/") + call.stage() + '/' + call.unit();
    }
}
