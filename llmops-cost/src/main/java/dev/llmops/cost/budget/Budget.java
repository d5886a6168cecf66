package dev.llmops.cost.budget;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limit on spend: whose, over which time, how much, and what happens then.
 *
 * <p>The soft limit only warns. At the hard limit a call is refused, unless {@link Builder#downgradeWith} proposes a
 * cheaper one or {@link Builder#warnOnly} lets it through. Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Budget {

    /**
     * The largest limit, and the largest estimate of one call: what the integers of every store hold exactly in
     * billionths.
     */
    public static final BigDecimal MAX_AMOUNT = new BigDecimal("9007199");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final String name;
    private final BudgetScope scope;
    private final BudgetWindow window;
    private final @Nullable BigDecimal softLimit;
    private final @Nullable BigDecimal hardLimit;
    private final boolean warnOnly;
    private final @Nullable Downgrade downgrade;
    private final BudgetStore.@Nullable FailurePolicy whenStoreFails;

    private Budget(Builder builder, BudgetWindow window) {
        this.name = builder.name;
        this.scope = builder.scope;
        this.window = window;
        this.softLimit = builder.softLimit;
        this.hardLimit = builder.hardLimit;
        this.warnOnly = builder.warnOnly;
        this.downgrade = builder.downgrade;
        this.whenStoreFails = builder.whenStoreFails;
    }

    /**
     * Starts a budget.
     *
     * @param name what it is called in refusals and in the store: 1 to 64 letters, digits, dots, dashes or underscores.
     *     A budget that keeps its name keeps its counters
     * @return a builder with the global scope and nothing else set
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * Returns the name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the scope, which selects the calls that count.
     *
     * @return the scope
     */
    public BudgetScope scope() {
        return scope;
    }

    /**
     * The time over which they are counted.
     *
     * @return the window
     */
    public BudgetWindow window() {
        return window;
    }

    /**
     * Returns the amount above which warnings begin.
     *
     * @return the amount, or empty when there is none
     */
    public Optional<BigDecimal> softLimit() {
        return Optional.ofNullable(softLimit);
    }

    /**
     * Returns the amount that must not be passed.
     *
     * @return the amount, or empty when there is none
     */
    public Optional<BigDecimal> hardLimit() {
        return Optional.ofNullable(hardLimit);
    }

    @Nullable
    Downgrade downgrade() {
        return downgrade;
    }

    BudgetStore.@Nullable FailurePolicy whenStoreFails() {
        return whenStoreFails;
    }

    /** Returns true if a call over the hard limit is kept out, by refusal or downgrade. */
    boolean enforces() {
        return hardLimit != null && !warnOnly;
    }

    @Override
    public String toString() {
        return "Budget " + name + " (" + scope + ", " + window + ", soft " + softLimit + ", hard " + hardLimit + ")";
    }

    /** Collects the parts of a {@link Budget}. Not safe for use by many threads. */
    public static final class Builder {

        private final String name;
        private BudgetScope scope = BudgetScope.global();
        private @Nullable BudgetWindow window;
        private @Nullable BigDecimal softLimit;
        private @Nullable BigDecimal hardLimit;
        private boolean warnOnly;
        private @Nullable Downgrade downgrade;
        private BudgetStore.@Nullable FailurePolicy whenStoreFails;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Sets which calls are counted; {@link BudgetScope#global()} by default.
         *
         * @param scope the scope
         * @return this builder
         */
        public Builder scope(BudgetScope scope) {
            this.scope = Objects.requireNonNull(scope, "scope");
            return this;
        }

        /**
         * Sets the time over which they are counted; required.
         *
         * @param window the window
         * @return this builder
         */
        public Builder window(BudgetWindow window) {
            this.window = Objects.requireNonNull(window, "window");
            return this;
        }

        /**
         * Sets where warnings begin: as soon as spend, holds and the estimate of a call together pass it.
         *
         * @param amount in the budgets' currency, over 0 and at most {@link Budget#MAX_AMOUNT}
         * @return this builder
         */
        public Builder softLimit(BigDecimal amount) {
            this.softLimit = Objects.requireNonNull(amount, "softLimit");
            return this;
        }

        /**
         * Sets what spend, holds and the estimate of a call together must not pass.
         *
         * @param amount in the budgets' currency, not negative and at most {@link Budget#MAX_AMOUNT}; 0 keeps every
         *     call out that costs anything
         * @return this builder
         */
        public Builder hardLimit(BigDecimal amount) {
            this.hardLimit = Objects.requireNonNull(amount, "hardLimit");
            return this;
        }

        /**
         * Lets calls over the hard limit through with a warning.
         *
         * @return this builder
         */
        public Builder warnOnly() {
            this.warnOnly = true;
            return this;
        }

        /**
         * Asks for a cheaper call when the hard limit leaves no room; its proposal is decided like a new request.
         *
         * @param downgrade proposes the cheaper call
         * @return this builder
         */
        public Builder downgradeWith(Downgrade downgrade) {
            this.downgrade = Objects.requireNonNull(downgrade, "downgrade");
            return this;
        }

        /**
         * Sets what the budget says while its store cannot be asked; required with a store that can fail.
         *
         * @param policy open or closed
         * @return this builder
         */
        public Builder whenStoreFails(BudgetStore.FailurePolicy policy) {
            this.whenStoreFails = Objects.requireNonNull(policy, "whenStoreFails");
            return this;
        }

        /**
         * Builds the budget.
         *
         * @return the budget
         * @throws IllegalArgumentException if anything is missing or contradicts itself; names every problem
         */
        public Budget build() {
            List<String> problems = new ArrayList<>();
            if (!NAME.matcher(name).matches()) {
                problems.add("name is '" + name + "' — a text that matches " + NAME);
            }
            if (softLimit == null && hardLimit == null) {
                problems.add("softLimit and hardLimit are missing — one of both or both — set one");
            }
            requireLimit(problems, "softLimit", softLimit);
            requireLimit(problems, "hardLimit", hardLimit);
            if (softLimit != null && softLimit.signum() == 0) {
                problems.add("softLimit is 0 — above 0 — leave it out for no warning");
            }
            if (softLimit != null && hardLimit != null && softLimit.compareTo(hardLimit) > 0) {
                problems.add("softLimit is " + softLimit + " — at most hardLimit " + hardLimit);
            }
            if (hardLimit == null && (warnOnly || downgrade != null)) {
                problems.add("hardLimit is missing — the limit on which warnOnly and downgradeWith act — set it");
            }
            if (warnOnly && downgrade != null) {
                problems.add("warnOnly and downgradeWith exclude each other — keep one");
            }
            if (window == null) {
                problems.add("window is missing — any BudgetWindow — pass for example BudgetWindow.monthly(zone)");
            }
            if (window == null || !problems.isEmpty()) {
                throw new IllegalArgumentException("budget '" + name + "': " + String.join("; ", problems));
            }
            return new Budget(this, window);
        }

        private static void requireLimit(List<String> problems, String property, @Nullable BigDecimal limit) {
            if (limit != null && (limit.signum() < 0 || limit.compareTo(MAX_AMOUNT) > 0)) {
                problems.add(property + " is " + limit.toPlainString() + " — in [0, " + MAX_AMOUNT
                        + "] — take a shorter window or several budgets");
            }
        }
    }

    /**
     * Proposes a cheaper call when a budget has no room for the one asked for.
     *
     * <p>Runs on the caller's thread, with nothing held; must be safe for use by many threads. What it throws reaches the
     * caller of {@link Budgets#hold}.
     */
    @FunctionalInterface
    public interface Downgrade {

        /**
         * Proposes what to do instead.
         *
         * @param request what was asked for
         * @param refusal the budget that has no room for it
         * @return the same call with another model and estimate, or null to let the refusal stand
         */
        @Nullable
        BudgetRequest instead(BudgetRequest request, BudgetDecision.Refusal refusal);
    }
}
