package dev.llmops.quality.drift;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bins of a categorical feature: the most frequent values of the reference, its other values, values it never had, and
 * missing ones. Immutable.
 */
final class CategoryBins implements Binning {

    /** The number of values with a bin of their own by default. */
    static final int DEFAULT_VALUES = 20;

    /** The number of rarer values that are remembered, so that they do not count as new. */
    static final int MAX_OTHERS = 1_000;

    private final List<String> values;
    /** The hashes of the other values, ascending: a new value is taken for one of them once in four million. */
    private final int[] otherHashes;

    private CategoryBins(List<String> values, int[] otherHashes) {
        this.values = List.copyOf(values);
        this.otherHashes = otherHashes;
    }

    /**
     * Returns bins for given values.
     *
     * @param values the values with a bin of their own
     * @param others the other values of the reference
     * @return the bins
     */
    static CategoryBins of(List<String> values, Set<String> others) {
        return ofHashes(values, others.stream().mapToInt(String::hashCode).toArray());
    }

    static CategoryBins ofHashes(List<String> values, int[] otherHashes) {
        return new CategoryBins(
                values, Arrays.stream(otherHashes).sorted().distinct().toArray());
    }

    /**
     * Returns bins for the most frequent values.
     *
     * @param counts how often the reference had each value
     * @param values the number of values with a bin of their own
     * @return the bins
     */
    static CategoryBins ofMostFrequent(Map<String, Long> counts, int values) {
        List<String> ordered = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        int top = Math.min(values, ordered.size());
        int end = Math.min(top + MAX_OTHERS, ordered.size());
        return of(ordered.subList(0, top), Set.copyOf(ordered.subList(top, end)));
    }

    @Override
    public int size() {
        return values.size() + 3;
    }

    int otherBin() {
        return values.size();
    }

    int newBin() {
        return values.size() + 1;
    }

    /**
     * Returns the bin of a value.
     *
     * @param value the value, or null when it is missing
     * @return the index of its bin
     */
    int bin(@Nullable String value) {
        if (value == null) {
            return missingBin();
        }
        // There are few values, so a walk is as fast as a map and takes no memory.
        int bin = values.indexOf(value);
        return bin >= 0 ? bin : Arrays.binarySearch(otherHashes, value.hashCode()) >= 0 ? otherBin() : newBin();
    }

    /**
     * Returns the values with a bin of their own.
     *
     * @return an unmodifiable list, in the order of the bins
     */
    List<String> values() {
        return values;
    }

    /** Returns true for the same values in the same order, and the same others. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CategoryBins that
                && values.equals(that.values)
                && Arrays.equals(otherHashes, that.otherHashes);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    int[] otherHashes() {
        return otherHashes.clone();
    }
}
