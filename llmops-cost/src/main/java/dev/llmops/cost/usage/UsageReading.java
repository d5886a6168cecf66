package dev.llmops.cost.usage;

import dev.llmops.core.record.TokenUsage;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The usage of a response and everything else in it that decides its cost.
 *
 * @param usage what was used; unknown if the response does not say
 * @param responseModel the model that answered, or null
 * @param serviceTier the tier that served the call, or null
 * @param region where it was served, or null
 * @param reportedCostUsd the provider's own amount in US dollars, or null
 * @param unreadable the count that made the usage unreadable, with its value, or null; usage is unknown then
 * @since 0.1.0
 */
public record UsageReading(
        TokenUsage usage,
        @Nullable String responseModel,
        @Nullable String serviceTier,
        @Nullable String region,
        @Nullable BigDecimal reportedCostUsd,
        @Nullable String unreadable) {

    /** The attribute of a call that carries {@link #unreadable()} to the cost enricher: {@value}. */
    public static final String UNREADABLE_ATTRIBUTE = "llmops.usage_unreadable";

    /** The attribute of a call that carries {@link #serviceTier()} to the cost enricher: {@value}. */
    public static final String SERVICE_TIER_ATTRIBUTE = "llmops.service_tier";

    /** The attribute of a call that carries {@link #region()} to the cost enricher: {@value}. */
    public static final String REGION_ATTRIBUTE = "llmops.region";

    /** The attribute of a call that carries {@link #reportedCostUsd()} to the cost enricher: {@value}. */
    public static final String REPORTED_COST_ATTRIBUTE = "llmops.reported_cost_usd";

    /**
     * Returns everything besides the usage that the cost enricher needs, as attributes to put on the call.
     *
     * @return texts by attribute, without those that the response did not say
     */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new TreeMap<>();
        if (serviceTier != null) {
            attributes.put(SERVICE_TIER_ATTRIBUTE, serviceTier);
        }
        if (region != null) {
            attributes.put(REGION_ATTRIBUTE, region);
        }
        if (reportedCostUsd != null) {
            // Not in full: a figure such as 1e999999999 would fill the memory.
            attributes.put(REPORTED_COST_ATTRIBUTE, reportedCostUsd.toString());
        }
        if (unreadable != null) {
            attributes.put(UNREADABLE_ATTRIBUTE, unreadable);
        }
        return attributes;
    }
}
