package dev.llmops.slo;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which calls an objective is about: every dimension that is named must have one of its values.
 *
 * @param allowed values by dimension; empty for all calls
 * @since 0.1.0
 */
public record CallFilter(Map<Dimension, Set<String>> allowed) {

    /** Every call. */
    public static final CallFilter ALL = new CallFilter(Map.of());

    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if a dimension has no value
     */
    public CallFilter {
        Map<Dimension, Set<String>> copy = new EnumMap<>(Dimension.class);
        allowed.forEach((dimension, values) -> {
            if (values.isEmpty()) {
                throw new IllegalArgumentException(
                        "filter on " + dimension.label() + " must name a value; leave the dimension out for all");
            }
            copy.put(dimension, Collections.unmodifiableSet(new LinkedHashSet<>(values)));
        });
        allowed = Collections.unmodifiableMap(copy);
    }

    /**
     * Narrows the filter.
     *
     * @param dimension what to look at
     * @param values what it may be; replaces earlier values of the dimension
     * @return a new filter
     */
    public CallFilter and(Dimension dimension, String... values) {
        Map<Dimension, Set<String>> narrowed = new EnumMap<>(Dimension.class);
        narrowed.putAll(allowed);
        narrowed.put(dimension, new LinkedHashSet<>(Arrays.asList(values)));
        return new CallFilter(narrowed);
    }

    @Override
    public String toString() {
        return allowed.isEmpty()
                ? "all calls"
                : allowed.entrySet().stream()
                        .map(entry -> entry.getKey().label() + " in " + entry.getValue())
                        .collect(Collectors.joining(" and "));
    }
}
