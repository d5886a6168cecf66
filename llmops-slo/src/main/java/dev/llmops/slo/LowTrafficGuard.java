package dev.llmops.slo;

import dev.llmops.slo.internal.Confidence;

/**
 * Keeps a single failure at three in the morning from waking somebody: beside the two burn rates, a tier needs this
 * many bad events in its long window, and the lower confidence bound of that window's error ratio over the threshold.
 *
 * @param minimumBadEvents bad events needed in the long window, &ge; 0
 * @param confidence one-sided confidence of the lower bound, in [0, 1); 0 asks for no bound. It holds per look, and one
 *     looks every minute, so 0.95 is not five false alarms in a hundred months
 * @since 0.1.0
 */
public record LowTrafficGuard(int minimumBadEvents, double confidence) {

    /** The default: 2 bad events, 95 %. */
    public static final LowTrafficGuard STANDARD = new LowTrafficGuard(2, 0.95);

    /** No guard: the bare comparison of the two windows. */
    public static final LowTrafficGuard NONE = new LowTrafficGuard(0, 0);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public LowTrafficGuard {
        if (minimumBadEvents < 0) {
            throw new IllegalArgumentException("minimumBadEvents is " + minimumBadEvents + " — 0 or more");
        }
        if (!(confidence >= 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is " + confidence + " — in [0, 1) — pass 0.95");
        }
    }

    /** Returns true if the long window of a tier, which is over its threshold, holds enough evidence. */
    public boolean admits(Counts longWindow, double threshold, boolean binary) {
        return longWindow.bad() >= minimumBadEvents
                && (confidence == 0
                        || Confidence.isAbove(longWindow.bad(), longWindow.total(), threshold, confidence, binary));
    }
}
