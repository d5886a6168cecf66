package dev.llmops.spring.boot.cost;

import dev.llmops.cost.ledger.LedgerBuilder;

/**
 * Changes the builder of the ledger after the properties have been applied. Beans of this type are called in their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LedgerBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param builder the builder
     */
    void customize(LedgerBuilder builder);
}
