package dev.llmops.spring.boot.cost;

import dev.llmops.cost.budget.Budgets;

/**
 * Changes the builder of the budgets after the properties have been applied. Beans of this type are called in their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BudgetsBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param builder the builder
     */
    void customize(Budgets.Builder builder);
}
