package dev.llmops.spring.boot.logging;

import dev.llmops.logging.CallLog;

/**
 * Changes the builder of the log after the properties have been applied, for example to add a sink. Beans of this type are
 * called in their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallLogBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param builder the builder
     */
    void customize(CallLog.Builder builder);
}
