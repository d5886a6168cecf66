package dev.llmops.quality.drift;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Bins of a categorical feature: the most frequent values of the reference, its other values, values it never had, and
 * missing ones. Immutable.
 *
 * @since 0.1.0
 */
public final class CategoryBins implements Binning {

    /** The number of values with a bin of their own by default. */
    public static final int DEFAULT_VALUES = 20;

    /** The number of rarer values that are remembered, so that they do not count as new. */
    public static final int MAX_OTHERS = 1_000;

    private final List<String> values;
    private final Set<String> others;
    private final Map<String, Integer> bins = new HashMap<>();

    private CategoryBins(List<String> values, Set<String> others) {
        this.values = List.copyOf(values);
        this.others = Set.copyOf(others);
        values.forEach(value -> bins.put(value, bins.size()));
        others.forEach(value -> bins.put(value, otherBin()));
    }

    /**
     * Returns bins for given values.
     *
     * @param values the values with a bin of their own
     * @param others the other values of the reference
     * @return the bins
     */
    public static CategoryBins of(List<String> values, Set<String> others) {
        return new CategoryBins(values, others);
    }

    /**
     * Returns bins for the most frequent values.
     *
     * @param counts how often the reference had each value
     * @param values the number of values with a bin of their own
     * @return the bins
     */
    public static CategoryBins ofMostFrequent(Map<String, Long> counts, int values) {
        List<String> ordered = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        int top = Math.min(values, ordered.size());
        int end = Math.min(top + MAX_OTHERS, ordered.size());
        return new CategoryBins(ordered.subList(0, top), new TreeSet<>(ordered.subList(top, end)));
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
    public int bin(@Nullable String value) {
        return value == null ? missingBin() : bins.getOrDefault(value, newBin());
    }

    /**
     * Returns the values with a bin of their own.
     *
     * @return an unmodifiable list, in the order of the bins
     */
    public List<String> values() {
        return values;
    }

    /** Returns true for the same values in the same order, and the same others. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CategoryBins that && values.equals(that.values) && others.equals(that.others);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /**
     * Returns the other values of the reference.
     *
     * @return an unmodifiable set
     */
    public Set<String> others() {
        return others;
    }
}
