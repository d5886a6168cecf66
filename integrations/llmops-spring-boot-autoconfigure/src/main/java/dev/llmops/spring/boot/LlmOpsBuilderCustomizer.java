package dev.llmops.spring.boot;

import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;

/**
 * Changes the builder of the application's {@link LlmOps} after its properties and beans have been applied. Beans of this
 * type are called in their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmOpsBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param builder the builder
     */
    void customize(LlmOpsBuilder builder);
}
