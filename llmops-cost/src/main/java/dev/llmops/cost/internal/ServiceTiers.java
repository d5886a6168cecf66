package dev.llmops.cost.internal;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Canonical names of service tiers, which vendors name differently. */
public final class ServiceTiers {

    public static final String STANDARD = "standard";
    public static final String PRIORITY = "priority";
    public static final String FLEX = "flex";
    public static final String BATCH = "batch";

    private static final Set<String> STANDARD_ALIASES = Set.of(
            STANDARD,
            "default",
            "auto",
            "on_demand",
            "on-demand",
            "standard_only",
            "unspecified",
            "traffic_type_unspecified",
            "service_tier_unspecified",
            "");

    /** Vertex AI's traffic on demand has tiers too. */
    private static final Map<String, String> OTHER_ALIASES =
            Map.of("fast", PRIORITY, "on_demand_priority", PRIORITY, "on_demand_flex", FLEX, "batches", BATCH);

    private ServiceTiers() {}

    public static String canonical(@Nullable String lowerCase) {
        if (lowerCase == null || STANDARD_ALIASES.contains(lowerCase)) {
            return STANDARD;
        }
        return OTHER_ALIASES.getOrDefault(lowerCase, lowerCase);
    }
}
