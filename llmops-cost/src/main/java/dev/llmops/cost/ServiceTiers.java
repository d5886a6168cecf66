package dev.llmops.cost;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One name for each service tier, whatever a vendor's response calls it. */
final class ServiceTiers {

    static final String STANDARD = "standard";
    static final String PRIORITY = "priority";
    static final String FLEX = "flex";
    static final String BATCH = "batch";

    private static final Set<String> STANDARD_ALIASES =
            Set.of(STANDARD, "default", "auto", "on_demand", "on-demand", "standard_only", "");

    private ServiceTiers() {}

    static String canonical(@Nullable String lowerCase) {
        if (lowerCase == null || STANDARD_ALIASES.contains(lowerCase)) {
            return STANDARD;
        }
        return lowerCase.equals("fast") ? PRIORITY : lowerCase;
    }
}
