package dev.llmops.slo;

import dev.llmops.core.record.CallInfo;
import java.util.Map;
import java.util.Set;

/** Decides whether a call passes a filter, without allocating. */
public final class FilterMatcher {

    private final Dimension[] dimensions;
    private final Set<?>[] allowed;

    public FilterMatcher(CallFilter filter) {
        Map<Dimension, Set<String>> wanted = filter.allowed();
        dimensions = wanted.keySet().toArray(new Dimension[0]);
        allowed = wanted.values().toArray(new Set<?>[0]);
    }

    public boolean matches(CallInfo call) {
        for (int i = 0; i < dimensions.length; i++) {
            if (!allowed[i].contains(dimensions[i].of(call))) {
                return false;
            }
        }
        return true;
    }
}
