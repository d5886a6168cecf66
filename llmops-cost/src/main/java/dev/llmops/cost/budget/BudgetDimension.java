package dev.llmops.cost.budget;

import java.util.Locale;

/**
 * A property of calls that a budget may be scoped to.
 *
 * @since 0.1.0
 */
public enum BudgetDimension {
    /** The organisation that pays. */
    TENANT,
    /** The person or account on whose behalf the call is made. */
    USER,
    /** The product feature that makes the call. */
    FEATURE,
    /** The model that is asked for. */
    MODEL;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
