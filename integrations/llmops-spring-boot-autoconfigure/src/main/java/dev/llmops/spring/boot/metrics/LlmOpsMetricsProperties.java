package dev.llmops.spring.boot.metrics;

import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Profile;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.metrics.*}.
 *
 * @param enabled Whether metrics are recorded.
 * @param profiles Sets of metric names: ours, and those of OpenTelemetry's conventions.
 * @param labelLimit Number of values of one label that keep their name; the rest become other.
 * @param labelLimits Limits of single labels, by the label's name. Empty by default.
 * @param thresholds Additional edges of histograms, by instrument; those of objectives are there anyway. Empty by default.
 * @param costByTenant Whether the cost counters have the label tenant.
 * @param costByFeature Whether the cost counters have the label feature.
 * @param exemplars Whether histograms keep trace ids of some calls.
 * @param saturation Which devices and servers are polled for their load.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.metrics")
record LlmOpsMetricsProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("llm") Set<Profile> profiles,
        @DefaultValue("100") int labelLimit,
        @DefaultValue Map<String, Integer> labelLimits,
        @DefaultValue Map<Instrument, List<Duration>> thresholds,
        @DefaultValue("false") boolean costByTenant,
        @DefaultValue("false") boolean costByFeature,
        @DefaultValue("true") boolean exemplars,
        @DefaultValue Saturation saturation) {

    /** Checks the limits. */
    public LlmOpsMetricsProperties {
        requirePositive("llmops.metrics.label-limit", labelLimit);
        labelLimits.forEach((label, limit) -> requirePositive("llmops.metrics.label-limits." + label, limit));
    }

    private static void requirePositive(String property, int limit) {
        if (limit < 1) {
            throw new InvalidLlmOpsPropertyException(
                    property,
                    "the limit is too small (" + limit + ") — at least 1 is allowed",
                    "Set " + property + " to the number of values you expect, or leave it out for 100.");
        }
    }

    /**
     * The properties {@code llmops.metrics.saturation.*}.
     *
     * @param nvidiaDevices Whether the NVIDIA devices of this machine are polled.
     * @param endpoints Prometheus endpoints of model servers and device exporters, by a name of one's own. Empty by default.
     * @param interval Time between two polls.
     */
    public record Saturation(
            @DefaultValue("false") boolean nvidiaDevices,
            @DefaultValue Map<String, URI> endpoints,
            @DefaultValue("10s") Duration interval) {

        boolean isWanted() {
            return nvidiaDevices || !endpoints.isEmpty();
        }
    }
}
