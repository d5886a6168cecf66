package dev.llmops.quality.drift;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Counts by bin of every hour of the week, in two bytes each while they fit. Immutable. */
final class HourCounts {

    private final char @Nullable [] small;
    private final int @Nullable [] large;

    private HourCounts(char @Nullable [] small, int @Nullable [] large) {
        this.small = small;
        this.large = large;
    }

    static HourCounts of(int[] counts) {
        if (Arrays.stream(counts).anyMatch(count -> count > Character.MAX_VALUE)) {
            return new HourCounts(null, counts.clone());
        }
        char[] small = new char[counts.length];
        for (int i = 0; i < counts.length; i++) {
            small[i] = (char) counts[i];
        }
        return new HourCounts(small, null);
    }

    int at(int place) {
        return small != null ? small[place] : large != null ? large[place] : 0;
    }

    int[] toArray() {
        if (large != null) {
            return large.clone();
        }
        int[] counts = new int[small == null ? 0 : small.length];
        Arrays.setAll(counts, this::at);
        return counts;
    }
}
