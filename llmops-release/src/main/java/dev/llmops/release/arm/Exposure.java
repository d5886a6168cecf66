package dev.llmops.release.arm;

/**
 * Says which shares of the traffic the arms have; constant within a stage.
 *
 * @param stage the stage's name, under which evidence is counted
 * @param candidateRatio the candidate's share, in [0, 1]
 * @param controlRatio the share of the control, in [0, 1 − candidate]; 0 for none
 * @param mirrorRatio the share of units whose requests the candidate answers in the shadow too, in [0, 1]
 * @param isHoldback true if units outside the candidate are held back rather than not yet reached
 * @since 0.1.0
 */
public record Exposure(
        String stage, double candidateRatio, double controlRatio, double mirrorRatio, boolean isHoldback) {

    /** No exposure at all. */
    public static final Exposure NONE = new Exposure("none", 0, 0, 0, false);

    /**
     * Checks the shares.
     *
     * @param stage the stage's name
     * @param candidateRatio the candidate's share
     * @param controlRatio the control's share
     * @param mirrorRatio the mirrored share
     * @param isHoldback true for a holdback
     * @throws IllegalArgumentException if a share is out of range or the arms have more than all
     */
    public Exposure {
        if (!(candidateRatio >= 0 && controlRatio >= 0 && candidateRatio + controlRatio <= 1 + 1e-12)) {
            throw new IllegalArgumentException(
                    "candidateRatio and controlRatio must be ≥ 0 and sum to at most 1, but were " + candidateRatio
                            + " and " + controlRatio);
        }
        if (!(mirrorRatio >= 0 && mirrorRatio <= 1)) {
            throw new IllegalArgumentException("mirrorRatio is out of range (" + mirrorRatio
                    + ") — it must lie in [0, 1]" + " — pass .1 for 10 %");
        }
    }

    /**
     * Returns an exposure without control, mirror and holdback.
     *
     * @param stage the stage's name
     * @param candidateRatio the candidate's share
     * @return the exposure
     */
    public static Exposure of(String stage, double candidateRatio) {
        return new Exposure(stage, candidateRatio, 0, 0, false);
    }

    /**
     * Returns the arm with which the candidate is compared.
     *
     * @return the control where there is one, otherwise the rest of the traffic
     */
    public Arm reference() {
        return controlRatio > 0 ? Arm.CONTROL : isHoldback ? Arm.HOLDBACK : Arm.BASELINE;
    }

    /**
     * Returns the share of an arm.
     *
     * @param arm the arm
     * @return its share of all units, in [0, 1]
     */
    public double ratioOf(Arm arm) {
        return switch (arm) {
            case CANDIDATE -> candidateRatio;
            case CONTROL -> controlRatio;
            case SHADOW -> mirrorRatio;
            case BASELINE -> isHoldback ? 0 : rest();
            case HOLDBACK -> isHoldback ? rest() : 0;
        };
    }

    private double rest() {
        return Math.max(0, 1 - candidateRatio - controlRatio);
    }

    /**
     * Returns the arm of a unit. The candidate grows from below and the control from above, so that a unit that met the
     * candidate keeps it, and no unit of the control meets it before the last stage.
     */
    Arm armAt(double position) {
        if (position < candidateRatio) {
            return Arm.CANDIDATE;
        }
        if (controlRatio > 0 && position >= 1 - controlRatio) {
            return Arm.CONTROL;
        }
        return isHoldback ? Arm.HOLDBACK : Arm.BASELINE;
    }

    /** Returns true if this exposes more units to the candidate, seen or in the shadow, than another does. */
    boolean isWiderThan(Exposure other) {
        return candidateRatio > other.candidateRatio || mirrorRatio > other.mirrorRatio;
    }
}
