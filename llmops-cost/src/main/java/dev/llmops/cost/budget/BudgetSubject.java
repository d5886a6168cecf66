package dev.llmops.cost.budget;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf, and with which model, a call is made: what budgets match against.
 *
 * <p>A part that is left out is a value of its own, shared by all calls that leave it out; so no caller escapes a budget by
 * not saying who they are. Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class BudgetSubject {

    private final Map<BudgetDimension, String> values;

    private BudgetSubject(Map<BudgetDimension, String> values) {
        this.values = new EnumMap<>(values);
    }

    /**
     * Starts a subject.
     *
     * @return a builder with no part set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The value of one dimension.
     *
     * @param dimension the dimension asked for
     * @return its value, or null when the call did not say
     */
    public @Nullable String value(BudgetDimension dimension) {
        return values.get(dimension);
    }

    BudgetSubject withModel(String model) {
        Builder copy = new Builder();
        copy.values.putAll(values);
        return copy.model(model).build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BudgetSubject that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** Collects the parts of a {@link BudgetSubject}; null leaves a part out. Not safe for use by many threads. */
    public static final class Builder {

        private final Map<BudgetDimension, String> values = new EnumMap<>(BudgetDimension.class);

        private Builder() {}

        /**
         * Sets the organisation that pays.
         *
         * @param tenant the tenant, or null
         * @return this builder
         */
        public Builder tenant(@Nullable String tenant) {
            return set(BudgetDimension.TENANT, tenant);
        }

        /**
         * Sets the person or account.
         *
         * @param user the user, or null
         * @return this builder
         */
        public Builder user(@Nullable String user) {
            return set(BudgetDimension.USER, user);
        }

        /**
         * Sets the product feature.
         *
         * @param feature the feature, or null
         * @return this builder
         */
        public Builder feature(@Nullable String feature) {
            return set(BudgetDimension.FEATURE, feature);
        }

        /**
         * Sets the model that is asked for.
         *
         * @param model the model, or null
         * @return this builder
         */
        public Builder model(@Nullable String model) {
            return set(BudgetDimension.MODEL, model);
        }

        private Builder set(BudgetDimension dimension, @Nullable String value) {
            if (value == null) {
                values.remove(dimension);
            } else {
                values.put(dimension, value);
            }
            return this;
        }

        /**
         * Builds the subject.
         *
         * @return the subject
         */
        public BudgetSubject build() {
            return new BudgetSubject(values);
        }
    }
}
