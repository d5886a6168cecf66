package dev.llmops.cost.book;

import dev.llmops.cost.internal.ServiceTiers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Conditions under which a price holds: allowed values of a call's properties, and hours of the week.
 *
 * <p>Properties are {@value #SERVICE_TIER}, {@value #REGION} and any other name that callers give to
 * {@link PricingContext.Builder#attribute}. All conditions must hold; several values of one property are alternatives.
 * Values are compared without regard to case.
 *
 * @param values the allowed values by property
 * @param times the hours at which the price holds, or null for any time
 * @since 0.1.0
 */
public record Conditions(
        Map<String, Set<String>> values, @Nullable WeeklyWindows times) {

    /** The property that names the service tier: {@value}. */
    public static final String SERVICE_TIER = "service_tier";

    /** The property that names the region: {@value}. */
    public static final String REGION = "region";

    /** Conditions that every call meets. */
    public static final Conditions NONE = new Conditions(Map.of(), null);

    private static final String TIME = "time_of_day";

    /**
     * Normalises and copies the conditions.
     *
     * @throws IllegalArgumentException if a property has no allowed value
     */
    public Conditions {
        Map<String, Set<String>> normalised = new HashMap<>();
        values.forEach((property, allowed) -> {
            if (allowed.isEmpty()) {
                throw new IllegalArgumentException("condition " + property + " is empty — at least one value");
            }
            Set<String> lower = new HashSet<>();
            allowed.forEach(value -> lower.add(normalise(property, value)));
            normalised.put(property, Set.copyOf(lower));
        });
        values = Map.copyOf(normalised);
    }

    /**
     * A condition on one property.
     *
     * @param property the property, such as {@value #SERVICE_TIER}
     * @param allowed the values that meet the condition
     * @return the conditions
     */
    public static Conditions of(String property, String... allowed) {
        return new Conditions(Map.of(property, Set.of(allowed)), null);
    }

    /**
     * Returns true if a call meets these conditions.
     *
     * @param context the call's properties and instant
     * @return true if every condition holds
     */
    public boolean matches(PricingContext context) {
        return new CallMatcher(this).matches(context);
    }

    /** The properties that are restricted; the more there are, the more specific the conditions. */
    Set<String> dimensions() {
        Set<String> dimensions = new TreeSet<>(values.keySet());
        if (times != null) {
            dimensions.add(TIME);
        }
        return dimensions;
    }

    /** Returns true if some call could meet both, hours left aside. */
    boolean valuesCompatibleWith(Conditions other) {
        return values.entrySet().stream().allMatch(condition -> {
            Set<String> others = other.values.get(condition.getKey());
            return others == null || condition.getValue().stream().anyMatch(others::contains);
        });
    }

    /** Returns true if a call with these values meets them, hours left aside. */
    boolean hold(Map<String, String> call) {
        return values.entrySet().stream()
                .allMatch(condition -> condition.getValue().contains(call.getOrDefault(condition.getKey(), "")));
    }

    /** The calls that meet both, hours left aside: every combination of the values that both allow. */
    List<Map<String, String>> callsOfBoth(Conditions other) {
        List<Map<String, String>> calls = List.of(Map.of());
        Set<String> properties = new TreeSet<>(values.keySet());
        properties.addAll(other.values.keySet());
        for (String property : properties) {
            Set<String> allowed =
                    new TreeSet<>(values.getOrDefault(property, other.values.getOrDefault(property, Set.of())));
            allowed.retainAll(other.values.getOrDefault(property, allowed));
            calls = calls.stream()
                    .flatMap(call -> allowed.stream().map(value -> {
                        Map<String, String> with = new HashMap<>(call);
                        with.put(property, value);
                        return with;
                    }))
                    .toList();
        }
        return calls;
    }

    /**
     * The one spelling of a property's value: lower case, and for service tiers one name for what vendors call by
     * several.
     */
    static String normalise(String property, String value) {
        String lower = value.trim().toLowerCase(Locale.ROOT);
        return property.equals(SERVICE_TIER) ? ServiceTiers.canonical(lower) : lower;
    }
}
