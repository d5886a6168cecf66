package dev.llmops.spring.boot.metrics;

import dev.llmops.metrics.GoldenSignals;

/**
 * Changes the settings of the golden signals after the properties have been applied. Beans of this type are called in
 * their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface GoldenSignalsBuilderCustomizer {

    /**
     * Changes the settings.
     *
     * @param builder the settings
     */
    void customize(GoldenSignals.Builder builder);
}
