package dev.llmops.spring.boot.redaction;

import dev.llmops.redaction.RedactorBuilder;

/**
 * Changes the builder of the redactor after the properties have been applied, for example to add a detector. Beans of this
 * type are called in their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RedactorBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param builder the builder
     */
    void customize(RedactorBuilder builder);
}
