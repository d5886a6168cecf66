package dev.llmops.slo.prometheus;

import dev.llmops.slo.Counts;
import dev.llmops.slo.internal.Percent;
import java.util.OptionalDouble;

/**
 * The counts of one window as Prometheus has them, and what is wrong with them. A window whose series contradict
 * themselves has no counts: it is neither good nor bad.
 *
 * @param counts the counts; none where nothing was measured or the series are broken
 * @param problem the contradiction; empty where there is none
 */
record WindowCounts(Counts counts, String problem) {

    /** Two counters are extrapolated apart, so that one can pass the other by a little. */
    private static final double TOLERATED_SHARE = 0.01;

    static WindowCounts of(OptionalDouble signedBad, OptionalDouble all, boolean binary) {
        if (all.isEmpty()) {
            return new WindowCounts(Counts.NONE, "");
        }
        double total = binary ? Math.rint(all.getAsDouble()) : all.getAsDouble();
        if (total <= 0) {
            return new WindowCounts(Counts.NONE, "");
        }
        if (signedBad.isEmpty()) {
            return broken(Percent.count(total) + " events exist, but no verdict on them");
        }
        double bad = binary ? Math.rint(signedBad.getAsDouble()) : signedBad.getAsDouble();
        double tolerated = Math.max(0.5, total * TOLERATED_SHARE);
        if (bad > total + tolerated) {
            return broken("there are more bad events than events (" + Percent.count(bad) + " of " + Percent.count(total)
                    + ")");
        }
        if (bad < -tolerated) {
            return broken("there are more good events than events (" + Percent.count(total - bad) + " of "
                    + Percent.count(total) + ")");
        }
        return new WindowCounts(new Counts(Math.max(0, Math.min(bad, total)), total), "");
    }

    private static WindowCounts broken(String problem) {
        return new WindowCounts(Counts.NONE, problem);
    }
}
