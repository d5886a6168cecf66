package dev.llmops.quality.drift;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of a feature since the start. A window is the difference of two readings, so that nothing is lost between them.
 * Lock-free.
 */
final class FeatureCells {

    private final FeatureProfile profile;
    private final AtomicLongArray counts;

    FeatureCells(FeatureProfile profile) {
        this.profile = profile;
        this.counts = new AtomicLongArray(profile.binning().size());
    }

    FeatureProfile profile() {
        return profile;
    }

    void add(int bin) {
        counts.getAndIncrement(bin);
    }

    long[] read() {
        long[] copy = new long[counts.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts.get(i);
        }
        return copy;
    }
}
