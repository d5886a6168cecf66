package dev.llmops.spring.boot.slo;

import dev.llmops.slo.engine.SloEngineBuilder;

/**
 * Changes the builder of the engine after the properties have been applied. Beans of this type are called in their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SloEngineBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param builder the builder
     */
    void customize(SloEngineBuilder builder);
}
