package dev.llmops.report.internal;

import dev.llmops.release.GateVerdict;
import dev.llmops.release.LineVerdict;
import dev.llmops.report.Tone;

/** The tones in which all pages show the verdicts of a release. */
public final class VerdictTones {

    private VerdictTones() {}

    /** Returns the tone of a release's verdict. */
    public static Tone of(GateVerdict verdict) {
        return switch (verdict) {
            case STOP, ROLL_BACK -> Tone.BAD;
            case INVALID, PAUSE -> Tone.WARNING;
            case CONTINUE -> Tone.NEUTRAL;
            case PROMOTE -> Tone.GOOD;
        };
    }

    /** Returns the tone of a line's verdict. */
    public static Tone of(LineVerdict verdict) {
        return switch (verdict) {
            case ROLL_BACK -> Tone.BAD;
            case PAUSE -> Tone.WARNING;
            case UNDECIDED, NO_DATA -> Tone.NEUTRAL;
            case PASS -> Tone.GOOD;
        };
    }
}
