package dev.llmops.springai;

import dev.llmops.core.LlmOps;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import java.util.Objects;

/**
 * Adds the application's version set to Spring AI's own observations, and so to its timers, token counters and spans, as the
 * key {@code version_set}. Register it as a bean, or with the observation registry. Thread-safe.
 *
 * @since 0.1.0
 */
public final class VersionSetFilter implements ObservationFilter {

    private static final String SPRING_AI = "org.springframework.ai.";

    private final KeyValue versionSet;

    /**
     * Creates a filter.
     *
     * @param llmops has the version set
     */
    public VersionSetFilter(LlmOps llmops) {
        this.versionSet = KeyValue.of(
                "version_set",
                Objects.requireNonNull(llmops, "llmops").versionSet().id());
    }

    @Override
    public Observation.Context map(Observation.Context context) {
        return context.getClass().getName().startsWith(SPRING_AI)
                ? context.addLowCardinalityKeyValue(versionSet)
                : context;
    }
}
