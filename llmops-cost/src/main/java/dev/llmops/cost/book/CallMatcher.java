package dev.llmops.cost.book;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conditions laid out to be checked for each call without an iterator. */
final class CallMatcher {

    private final List<String> properties;
    private final List<Set<String>> allowed;
    private final @Nullable WeeklyWindows times;

    CallMatcher(Conditions conditions) {
        properties = List.copyOf(conditions.values().keySet());
        List<Set<String>> values = new ArrayList<>();
        properties.forEach(property -> values.add(conditions.values().get(property)));
        allowed = List.copyOf(values);
        times = conditions.times();
    }

    boolean matches(PricingContext context) {
        for (int i = 0; i < properties.size(); i++) {
            String actual = context.property(properties.get(i));
            if (actual == null || !allowed.get(i).contains(actual)) {
                return false;
            }
        }
        return times == null || times.contains(context.at());
    }
}
