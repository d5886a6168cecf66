package dev.llmops.release.simulation;

import dev.llmops.release.GateDecision;
import dev.llmops.release.GateSituation;
import dev.llmops.release.Policies;
import dev.llmops.release.ReleaseGate;
import java.time.Instant;
import java.util.Map;

/** One simulated release, looked at again and again. */
record Trial(long candidatesAtPause, long candidatesAtRollBack, boolean invalid) {

    private static final long NEVER = -1;

    boolean paused() {
        return candidatesAtPause != NEVER;
    }

    boolean rolledBack() {
        return candidatesAtRollBack != NEVER;
    }

    /** Runs a release through its three stages, or until it is rolled back; a pause is noted and passed over. */
    static Trial run(World world, int lookEvery) {
        long pausedAt = NEVER;
        boolean invalid = false;
        for (int t = 0; t < 3 * World.STAGE_LENGTH; t++) {
            world.request(t);
            if ((t + 1) % lookEvery == 0) {
                GateDecision.Verdict verdict =
                        judge(world, t / World.STAGE_LENGTH).verdict();
                long candidates = world.tally().candidates();
                boolean alarms = verdict == GateDecision.Verdict.PAUSE || verdict == GateDecision.Verdict.ROLL_BACK;
                pausedAt = alarms && pausedAt == NEVER ? candidates : pausedAt;
                if (verdict == GateDecision.Verdict.ROLL_BACK) {
                    return new Trial(pausedAt, candidates, invalid);
                }
                invalid |= verdict == GateDecision.Verdict.INVALID;
            }
        }
        return new Trial(pausedAt, NEVER, invalid);
    }

    private static GateDecision judge(World world, int stage) {
        GateSituation situation =
                new GateSituation(Instant.EPOCH, Tally.STAGES[stage], Instant.EPOCH, Double.NaN, false, "", Map.of());
        return ReleaseGate.judge(Policies.SIX_TESTS, world.tally().evidence(), situation);
    }
}
