package dev.llmops.report.internal;

import dev.llmops.release.GateDecision;
import dev.llmops.release.LineResult;
import dev.llmops.report.Block;

/** The tones in which all pages show the verdicts of a release. */
public final class VerdictTones {

    private VerdictTones() {}

    /** Returns the tone of a release's verdict. */
    public static Block.Tone of(GateDecision.Verdict verdict) {
        return switch (verdict) {
            case STOP, ROLL_BACK -> Block.Tone.BAD;
            case INVALID, PAUSE -> Block.Tone.WARNING;
            case CONTINUE -> Block.Tone.NEUTRAL;
            case PROMOTE -> Block.Tone.GOOD;
        };
    }

    /** Returns the tone of a line's verdict. */
    public static Block.Tone of(LineResult.Verdict verdict) {
        return switch (verdict) {
            case ROLL_BACK -> Block.Tone.BAD;
            case PAUSE -> Block.Tone.WARNING;
            case UNDECIDED, NO_DATA -> Block.Tone.NEUTRAL;
            case PASS -> Block.Tone.GOOD;
        };
    }
}
