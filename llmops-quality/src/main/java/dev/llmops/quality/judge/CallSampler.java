package dev.llmops.quality.judge;

import java.util.UUID;

/**
 * Chooses calls by their id: the same calls in every process, and the same share in all arms of a comparison. Immutable.
 *
 * @since 0.1.0
 */
public final class CallSampler {

    private static final double SCALE = 0x1.0p-53;
    private static final int UNUSED_BITS = 11;

    private final double ratio;
    private final long salt;

    /**
     * Creates a sampler. Evaluators with one salt judge the same calls; with different salts they choose independently.
     *
     * @param ratio the share of calls to choose, in 0..1
     * @param salt any number
     * @throws IllegalArgumentException if the ratio is out of range
     */
    public CallSampler(double ratio, long salt) {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("ratio is out of range (" + ratio + ") — 0 to 1 — pass 0.1 for 10 %");
        }
        this.ratio = ratio;
        this.salt = salt;
    }

    /**
     * Returns true if a call is chosen.
     *
     * @param callId the call's id
     * @return true for the share of calls
     */
    public boolean isChosen(UUID callId) {
        long hash = mix(mix(callId.getMostSignificantBits() ^ salt) ^ callId.getLeastSignificantBits());
        return (hash >>> UNUSED_BITS) * SCALE < ratio;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), which spreads every bit. */
    private static long mix(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
