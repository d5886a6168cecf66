package dev.llmops.spring.boot.tracing;

import dev.llmops.tracing.CallSpans;

/**
 * Changes the builder of the spans after the properties have been applied. Beans of this type are called in their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallSpansBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param builder the builder
     */
    void customize(CallSpans.Builder builder);
}
