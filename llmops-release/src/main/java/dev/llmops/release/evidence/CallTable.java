package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.policy.GatePolicy;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Collects calls and what was said of them, in any order, and adds them up; for sources that are read as a whole. */
final class CallTable {

    private static final int FEWEST_CALLS_OF_A_PART = 50_000;

    private final Map<String, CallFacts> calls = new HashMap<>();
    private final Map<String, CallVerdicts> verdicts = new HashMap<>();

    void add(CallFacts call) {
        calls.put(call.callId(), call);
    }

    CallVerdicts verdicts(String callId) {
        return verdicts.computeIfAbsent(callId, id -> new CallVerdicts());
    }

    /** Adds the calls up on all processors; sums are exact, so that it makes no difference how the calls are divided. */
    GateEvidence evidence(String changeId, GatePolicy policy, GateProfile profile, Instant now) {
        Map<String, String> first = firstCalls();
        List<CallFacts> all = List.copyOf(calls.values());
        // The answers of a pair must meet in one part.
        boolean isPaired = all.stream().anyMatch(call -> call.arm() == Arm.SHADOW);
        int parts = isPaired ? 1 : 1 + all.size() / FEWEST_CALLS_OF_A_PART;
        return IntStream.range(0, parts)
                .parallel()
                .mapToObj(part -> {
                    EvidenceFold fold = new EvidenceFold(policy, profile, now);
                    int from = (int) ((long) all.size() * part / parts);
                    int to = (int) ((long) all.size() * (part + 1) / parts);
                    all.subList(from, to)
                            .forEach(call ->
                                    fold.add(call, said(call), call.callId().equals(first.get(voterKey(call)))));
                    return fold.evidence(changeId);
                })
                .reduce(GateEvidence.empty(changeId), GateEvidence::plus);
    }

    /** Returns the judgements on a call, not to be changed. */
    private CallVerdicts said(CallFacts call) {
        return verdicts.getOrDefault(call.callId(), CallVerdicts.NONE);
    }

    /** The calls that have the votes of their units, in the order of their ids. */
    List<ProfileMeasurement.JudgedCall> voters() {
        Map<String, String> first = firstCalls();
        return calls.values().stream()
                .filter(call -> call.callId().equals(first.get(voterKey(call))))
                .sorted(Comparator.comparing(CallFacts::callId))
                .map(call -> new ProfileMeasurement.JudgedCall(call, said(call)))
                .toList();
    }

    /** The first call of each unit; ids are ordered by start. */
    private Map<String, String> firstCalls() {
        Map<String, String> first = new HashMap<>();
        calls.values()
                .forEach(call -> first.merge(
                        voterKey(call), call.callId(), (one, other) -> one.compareTo(other) <= 0 ? one : other));
        return first;
    }

    /** The shadow answers the same unit as the arm that is seen, and has a vote of its own. */
    static String voterKey(CallFacts call) {
        return (call.arm() == Arm.SHADOW ? "shadow/" : "/") + call.stage() + '/' + call.unit();
    }
}
