package dev.llmops.release;

import java.util.List;
import java.util.Map;

/** Decisions for tests. */
public final class Decisions {

    private Decisions() {}

    public static GateDecision rollBack() {
        return new GateDecision(
                "r1", "10%", .1, GateDecision.Verdict.ROLL_BACK, "errors", false, Map.of(), List.of(), Map.of(), null);
    }
}
