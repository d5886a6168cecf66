package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.ProfileMeasurement.JudgedCall;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds calls up one by one and keeps the halves of pairs until the other half comes. Not thread-safe. */
final class PairingFold {

    private static final int MAX_RETIRED_SIDES = 1_000;
    private static final String PAIR_GIVEN_UP = "shadow whose other half did not come close enough to it";

    private final EvidenceFold fold;
    private final Map<SideKey, Side> sides = new LinkedHashMap<>();
    private final int maxSides;
    private final Runnable pairGivenUp;

    /** Names one answer of the pair whose seen call has an id. */
    private record SideKey(String seenId, boolean isShadow) {}

    /** Holds one answer of a pair. */
    private static final class Side {
        private final JudgedCall answer;
        private boolean isCounted;

        Side(JudgedCall answer) {
            this.answer = answer;
        }

        boolean isShadow() {
            return answer.call().arm() == Arm.SHADOW;
        }
    }

    /** A fold that keeps all halves. */
    PairingFold(EvidenceFold fold) {
        this(fold, Integer.MAX_VALUE, () -> {});
    }

    private PairingFold(EvidenceFold fold, int maxSides, Runnable pairGivenUp) {
        this.fold = fold;
        this.maxSides = maxSides;
        this.pairGivenUp = pairGivenUp;
    }

    /**
     * A fold that calls are added to one by one for as long as a release lasts; the halves of pairs come close together.
     *
     * @param pairGivenUp runs for each pair whose halves were too far apart
     */
    static PairingFold ofRetired(EvidenceFold fold, Runnable pairGivenUp) {
        return new PairingFold(fold, MAX_RETIRED_SIDES, pairGivenUp);
    }

    void add(CallFacts call, CallVerdicts verdicts, boolean hasVote) {
        if (fold.add(call, verdicts, hasVote)) {
            boolean isShadow = call.arm() == Arm.SHADOW;
            addSide(isShadow ? String.valueOf(call.pair()) : call.callId(), new Side(new JudgedCall(call, verdicts)));
        }
    }

    void leaveOut(String reason) {
        fold.leaveOut(reason);
    }

    GateEvidence evidence(String changeId) {
        return fold.evidence(changeId);
    }

    /** Keeps one answer of a pair, and counts the pair once the other has come. */
    private void addSide(String id, Side side) {
        sides.put(new SideKey(id, side.isShadow()), side);
        if (sides.size() > maxSides) {
            giveUpEldest();
        }
        Side shadow = sides.get(new SideKey(id, true));
        Side seen = sides.get(new SideKey(id, false));
        if (shadow != null && seen != null && fold.addPair(seen.answer, shadow.answer)) {
            shadow.isCounted = true;
        }
    }

    /** Most of what users saw has no shadow, so a lost pair is known by its shadow alone. */
    private void giveUpEldest() {
        Side eldest = sides.remove(sides.keySet().iterator().next());
        if (eldest.isShadow() && !eldest.isCounted) {
            leaveOut(PAIR_GIVEN_UP);
            pairGivenUp.run();
        }
    }
}
