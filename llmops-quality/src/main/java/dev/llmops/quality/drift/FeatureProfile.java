package dev.llmops.quality.drift;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Distribution of one feature in the reference: as a whole, and for each hour of the week. Immutable; profiles with equal
 * bins merge by adding.
 */
final class FeatureProfile {

    /** Under this count, or under fifty per bin if that is more, an hour's profile is filled up from the whole. */
    static final int HOUR_FLOOR = 500;

    static final int HOURS = 7 * 24;

    private static final int FLOOR_PER_BIN = DriftPolicy.DEFAULT_FLOOR_PER_BIN;

    private final String name;
    private final Binning binning;
    private final long[] counts;
    private final @Nullable HourCounts byHour;

    /** Takes the arrays as they are; {@code byHour} holds the bins of the first hour, then of the second, and so on. */
    FeatureProfile(String name, Binning binning, long[] counts, int @Nullable [] byHour) {
        this.name = name;
        this.binning = binning;
        this.counts = counts;
        this.byHour = byHour == null ? null : HourCounts.of(byHour);
    }

    /**
     * Returns the name of the feature.
     *
     * @return the name
     */
    String name() {
        return name;
    }

    /**
     * Returns the bins.
     *
     * @return the bins
     */
    Binning binning() {
        return binning;
    }

    /**
     * Returns the counts of the whole reference.
     *
     * @return a copy, by bin
     */
    long[] counts() {
        return counts.clone();
    }

    /**
     * Returns true if the profile knows the hours of the week.
     *
     * @return true if it was recorded by the hour
     */
    boolean isSeasonal() {
        return byHour != null;
    }

    int @Nullable [] byHour() {
        return byHour == null ? null : byHour.toArray();
    }

    /**
     * Returns the counts to expect in some hours of the week. Where the reference has fewer than {@value #HOUR_FLOOR}
     * values of those hours, or fewer than fifty per bin, shares of the whole fill them up to that number; where it has
     * none, the whole stands for them.
     *
     * @param hoursOfWeek the hours, 0 for Monday's first
     * @return the counts by bin; those of the whole if the profile is not seasonal
     */
    long[] counts(int... hoursOfWeek) {
        if (byHour == null) {
            return counts();
        }
        int bins = binning.size();
        long[] expected = new long[bins];
        for (int hour : hoursOfWeek) {
            for (int i = 0; i < bins; i++) {
                expected[i] += byHour.at(hour * bins + i);
            }
        }
        return Arrays.stream(expected).sum() == 0 ? counts() : filledUp(expected);
    }

    private long[] filledUp(long[] expected) {
        long whole = Arrays.stream(counts).sum();
        long missing = Math.min(whole, Math.max(HOUR_FLOOR, (long) FLOOR_PER_BIN * expected.length))
                - Arrays.stream(expected).sum();
        if (missing > 0) {
            for (int i = 0; i < expected.length; i++) {
                expected[i] += Math.round((double) missing * counts[i] / whole);
            }
        }
        return expected;
    }

    /**
     * Merges with the profile that another instance recorded with the same bins.
     *
     * @param other the other profile
     * @return a profile of both
     * @throws IllegalArgumentException if name or bins differ
     */
    FeatureProfile plus(FeatureProfile other) {
        if (!name.equals(other.name) || !binning.equals(other.binning)) {
            throw new IllegalArgumentException("profiles cannot be merged (" + name + " with " + binning.size()
                    + " bins and " + other.name + " with " + other.binning.size()
                    + " bins) — the feature and its bins must be the same — record with the bins of one profile");
        }
        long[] sums = IntStream.range(0, counts.length)
                .mapToLong(i -> counts[i] + other.counts[i])
                .toArray();
        return new FeatureProfile(name, binning, sums, sum(byHour(), other.byHour()));
    }

    private static int @Nullable [] sum(int @Nullable [] one, int @Nullable [] two) {
        if (one == null || two == null) {
            return null;
        }
        return IntStream.range(0, one.length).map(i -> one[i] + two[i]).toArray();
    }
}
