package dev.llmops.cost.budget;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a budget counts, together or by the values of dimensions.
 *
 * <p>A dimension may be fixed to one value ({@code of(TENANT, "acme")}: only acme's calls) or split
 * ({@code each(USER)}: every user has a counter of their own); dimensions combine:
 * {@code of(TENANT, "acme").andEach(USER)} limits every user of acme. Scopes nest by giving several budgets: all that
 * match a call are decided at once. Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class BudgetScope {

    private static final BudgetScope GLOBAL = new BudgetScope(Map.of());

    /** An empty value splits by the dimension. */
    private final Map<BudgetDimension, Optional<String>> parts;

    private BudgetScope(Map<BudgetDimension, Optional<String>> parts) {
        this.parts = parts;
    }

    /**
     * All calls, counted together.
     *
     * @return the scope without conditions
     */
    public static BudgetScope global() {
        return GLOBAL;
    }

    /**
     * The calls of one value, counted together.
     *
     * @param dimension what to look at
     * @param value the value it must have
     * @return the scope
     */
    public static BudgetScope of(BudgetDimension dimension, String value) {
        return GLOBAL.and(dimension, value);
    }

    /**
     * All calls, counted apart for every value.
     *
     * @param dimension what to split by
     * @return the scope
     */
    public static BudgetScope each(BudgetDimension dimension) {
        return GLOBAL.andEach(dimension);
    }

    /**
     * Narrows this scope to one value.
     *
     * @param dimension what to look at
     * @param value the value it must have
     * @return the narrower scope
     * @throws IllegalArgumentException if this scope names the dimension already
     */
    public BudgetScope and(BudgetDimension dimension, String value) {
        return with(dimension, Optional.of(value));
    }

    /**
     * Splits this scope further.
     *
     * @param dimension what to split by
     * @return the finer scope
     * @throws IllegalArgumentException if this scope names the dimension already
     */
    public BudgetScope andEach(BudgetDimension dimension) {
        return with(dimension, Optional.empty());
    }

    private BudgetScope with(BudgetDimension dimension, Optional<String> value) {
        if (parts.containsKey(dimension)) {
            throw new IllegalArgumentException(
                    "scope names " + dimension + " twice — each dimension once — use two budgets instead");
        }
        Map<BudgetDimension, Optional<String>> extended = new EnumMap<>(BudgetDimension.class);
        extended.putAll(parts);
        extended.put(dimension, value);
        return new BudgetScope(extended);
    }

    Set<BudgetDimension> dimensions() {
        return Collections.unmodifiableSet(parts.keySet());
    }

    boolean matches(BudgetSubject subject) {
        return parts.entrySet().stream()
                .allMatch(part ->
                        part.getValue().isEmpty() || part.getValue().get().equals(subject.value(part.getKey())));
    }

    /** The values that select a counter, in a fixed order; null where the call did not say. */
    List<@Nullable String> counterValues(BudgetSubject subject) {
        List<@Nullable String> values = new ArrayList<>(parts.size());
        parts.keySet().forEach(dimension -> values.add(subject.value(dimension)));
        return values;
    }

    boolean has(BudgetDimension dimension) {
        return parts.containsKey(dimension);
    }

    /** The counter a subject falls into, for people: {@code tenant=acme, user=u1}, or {@code global}. */
    String describe(BudgetSubject subject) {
        return named(part -> part.getKey().label() + "=" + subject.value(part.getKey()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BudgetScope that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** Names the dimensions: {@code tenant=acme, each user}, or {@code global}. */
    @Override
    public String toString() {
        return named(part -> part.getValue()
                .map(value -> part.getKey().label() + "=" + value)
                .orElseGet(() -> "each " + part.getKey().label()));
    }

    private String named(Function<Map.Entry<BudgetDimension, Optional<String>>, String> name) {
        return parts.isEmpty() ? "global" : parts.entrySet().stream().map(name).collect(Collectors.joining(", "));
    }
}
