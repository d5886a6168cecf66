package dev.llmops.slo;

import dev.llmops.core.record.CallInfo;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calls that an objective or event rule is about: every dimension that is named must have one of its values.
 * Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class CallFilter {

    /** Every call. */
    public static final CallFilter ALL = new CallFilter(Map.of());

    private final Map<Dimension, Set<String>> allowed;
    // Arrays, because matching runs for every call and must not allocate.
    private final Dimension[] dimensions;
    private final Set<?>[] values;

    private CallFilter(Map<Dimension, Set<String>> allowed) {
        Map<Dimension, Set<String>> copy = new TreeMap<>();
        allowed.forEach((dimension, choices) -> {
            if (choices.isEmpty()) {
                throw new IllegalArgumentException("filter on " + dimension.label()
                        + " has no value — at least one is needed — name one, or leave the dimension out for all");
            }
            copy.put(dimension, Collections.unmodifiableSet(new LinkedHashSet<>(choices)));
        });
        this.allowed = Collections.unmodifiableMap(copy);
        dimensions = copy.keySet().toArray(new Dimension[0]);
        values = copy.values().toArray(new Set<?>[0]);
    }

    /**
     * Creates a filter.
     *
     * @param allowed values by dimension; empty for all calls
     * @return the filter
     * @throws IllegalArgumentException if a dimension has no value
     */
    public static CallFilter of(Map<Dimension, Set<String>> allowed) {
        return allowed.isEmpty() ? ALL : new CallFilter(allowed);
    }

    /**
     * Narrows the filter.
     *
     * @param dimension the dimension to look at
     * @param values its allowed values; they replace earlier values of the dimension
     * @return a new filter
     */
    public CallFilter and(Dimension dimension, String... values) {
        Map<Dimension, Set<String>> narrowed = new TreeMap<>(allowed);
        narrowed.put(dimension, new LinkedHashSet<>(Arrays.asList(values)));
        return new CallFilter(narrowed);
    }

    /**
     * Returns the allowed values by dimension.
     *
     * @return values by dimension, unmodifiable; empty for all calls
     */
    public Map<Dimension, Set<String>> allowed() {
        return allowed;
    }

    /**
     * Returns true if a call passes. Allocates nothing.
     *
     * @param call the call
     * @return true if every dimension named has one of its values
     */
    public boolean matches(CallInfo call) {
        for (int i = 0; i < dimensions.length; i++) {
            if (!values[i].contains(dimensions[i].of(call))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallFilter filter && filter.allowed.equals(allowed);
    }

    @Override
    public int hashCode() {
        return allowed.hashCode();
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
