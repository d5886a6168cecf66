package dev.llmops.cost.budget;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.cost.budget.internal.CounterStore;
import dev.llmops.cost.budget.internal.Level;
import dev.llmops.cost.budget.internal.StoreCounter;
import dev.llmops.cost.budget.internal.StoreUnavailableException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides before a call whether there is money for it, and counts afterwards what it cost.
 *
 * <pre>{@code
 * Budgets budgets = Budgets.builder("USD")
 *     .add(Budget.named("user-day").scope(BudgetScope.each(USER)).window(BudgetWindow.daily(zone))
 *         .softLimit(new BigDecimal("4")).hardLimit(new BigDecimal("5")).build())
 *     .store(BudgetStore.inMemory())
 *     .build();
 *
 * switch (budgets.hold(call, estimate)) {
 *     case Granted granted -> granted.hold().settle(callTheModel(granted.hold().request()));
 *     case Refused refused -> reject(refused.refusal().message());
 * }
 * }</pre>
 *
 * <p>All budgets that match a call are decided in one atomic step. <b>Bound:</b> the spend of a window passes its hard
 * limit by no more than the calls under way at the last grant cost beyond their estimates, plus the cost of calls that
 * were settled after their hold had expired, made without a hold, or let through while the store was away. With
 * estimates that are upper bounds, holds that outlive their calls, and a store that answers and keeps its memory, it is
 * never passed. Amounts count in billionths, each rounded up.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Budgets implements AutoCloseable {

    /** The default time after which a hold expires: {@value} minutes. */
    public static final int DEFAULT_HOLD_MINUTES = 10;

    private static final int MAX_DOWNGRADES = 8;

    private final String currency;
    private final List<Budget> budgets;
    private final CounterStore store;
    private final InstantSource processClock;
    private final InstantSource clock;
    private final BudgetCounts counts = new BudgetCounts();
    private final SettlementQueue queue;
    private final Settlements settlements;
    private final Admission admission;

    private Budgets(Builder builder, CounterStore store) {
        this.currency = builder.currency;
        this.budgets = List.copyOf(builder.budgets);
        this.store = store;
        this.processClock = builder.clock;
        this.clock = store.clock(builder.clock);
        this.queue = new SettlementQueue(store, counts);
        this.settlements = new Settlements(queue, clock);
        this.admission = new Admission(
                currency,
                budgets,
                store,
                builder.holdFor,
                clock,
                settlements,
                new Warnings(builder.onWarning, counts),
                counts);
    }

    /**
     * Starts a set of budgets.
     *
     * @param currency ISO 4217 code of every limit, estimate and cost
     * @return a builder without budgets
     */
    public static Builder builder(String currency) {
        return new Builder(currency);
    }

    /**
     * The currency of every amount.
     *
     * @return its ISO 4217 code
     */
    public String currency() {
        return currency;
    }

    /**
     * Takes room for a call that has started in all budgets that match it, or in none. Waits for the store, with Redis no
     * longer than its timeout.
     *
     * @param call the call, whose user, tenant, feature and model decide which budgets match
     * @param estimate upper bound of what it may cost, in the budgets' currency; see {@link HoldEstimate}
     * @return whether the call may go on
     * @throws IllegalArgumentException if the estimate is negative or over {@link Budget#MAX_AMOUNT}
     * @throws IllegalStateException if the call was settled before
     */
    public BudgetDecision hold(LlmCall call, BigDecimal estimate) {
        return hold(BudgetRequest.of(call, estimate));
    }

    /**
     * Takes room for a call in all budgets that match it, or in none. Waits for the store, with Redis no longer than
     * its timeout.
     *
     * @param request which call, for whom, and what it may cost
     * @return whether the call may go on
     * @throws IllegalStateException if the call id was settled before
     */
    public BudgetDecision hold(BudgetRequest request) {
        BudgetDecision decision = admission.decide(request);
        boolean downgraded = false;
        for (int step = 0; step < MAX_DOWNGRADES && decision instanceof BudgetDecision.Refused refused; step++) {
            BudgetRequest cheaper = cheaper(request, refused.refusal());
            if (cheaper == null) {
                break;
            }
            if (!cheaper.callId().equals(request.callId())) {
                throw new IllegalStateException("a downgrade gave the call id " + cheaper.callId()
                        + " — that of the request, " + request.callId() + " — make it by BudgetRequest.withModel");
            }
            request = cheaper;
            decision = admission.decide(cheaper);
            downgraded = true;
        }
        return counted(decision, downgraded);
    }

    private @Nullable BudgetRequest cheaper(BudgetRequest request, BudgetDecision.Refusal refusal) {
        if (refusal.reason() != BudgetDecision.Refusal.Reason.LIMIT_REACHED) {
            return null;
        }
        for (Budget budget : budgets) {
            Budget.Downgrade downgrade = budget.downgrade();
            if (downgrade != null && budget.name().equals(refusal.budget().budget())) {
                return downgrade.instead(request, refusal);
            }
        }
        return null;
    }

    private BudgetDecision counted(BudgetDecision decision, boolean downgraded) {
        if (decision instanceof BudgetDecision.Granted granted) {
            counts.granted.increment();
            if (downgraded) {
                counts.downgraded.increment();
            }
            return new BudgetDecision.Granted(granted.hold(), granted.warnings(), downgraded);
        }
        counts.refused.increment();
        return decision;
    }

    /**
     * Settles calls by themselves when they end: by the cost of their record, with or without a hold.
     *
     * <p>A call that was rejected settles at 0. A call whose cost is unknown, or in another currency, settles at its
     * estimate; without a hold there is none, and it is counted in {@link BudgetStats#unpricedWithoutHold}.
     *
     * @return a listener for {@link dev.llmops.core.LlmOpsBuilder#listener}; returns at once
     */
    public LlmListener listener() {
        return new BudgetListener(this, settlements, counts);
    }

    /**
     * Sets counters that have counted nothing yet to earlier spend, so that a restart does not reset a window.
     * Call it before the first call; a counter in use is left as it is, so several processes may do it at once. A rolling
     * window counts what it is told for its whole length from now.
     *
     * @param history what was spent, such as {@link dev.llmops.cost.ledger.Ledger#spendHistory}
     * @return how many counters were told; fewer while the store is away, which is counted
     * @throws SQLException if the history cannot be had
     */
    public int seedFrom(SpendHistory history) throws SQLException {
        Instant now = clock.instant();
        int seeded = 0;
        for (Budget budget : budgets) {
            Instant since = budget.window().at(now).start();
            Map<BudgetSubject, BigDecimal> spent =
                    history.spentSince(since, budget.scope().dimensions());
            for (Map.Entry<BudgetSubject, BigDecimal> each : spent.entrySet()) {
                if (budget.scope().matches(each.getKey()) && seed(budget, each.getKey(), each.getValue(), now)) {
                    seeded++;
                }
            }
        }
        return seeded;
    }

    private boolean seed(Budget budget, BudgetSubject subject, BigDecimal spent, Instant now) {
        try {
            StoreCounter counter = Counter.of(budget, subject, now).stored();
            return store.seed(counter, NanoAmount.ceil(spent), now.toEpochMilli());
        } catch (StoreUnavailableException e) {
            counts.storeFailures.increment();
            return false;
        }
    }

    /**
     * Returns the present state of every budget that would count such a call.
     *
     * @param subject for whom and with which model
     * @return one status per budget that matches, in the order in which they were added; without spend and holds while
     *     the store cannot be asked
     */
    public List<BudgetStatus> status(BudgetSubject subject) {
        Instant now = clock.instant();
        List<Counter> counters = admission.countersOf(subject, now);
        List<Level> levels = new ArrayList<>();
        try {
            levels.addAll(store.levels(Counter.stored(counters), now.toEpochMilli()));
        } catch (StoreUnavailableException e) {
            counts.storeFailures.increment();
        }
        List<BudgetStatus> statuses = new ArrayList<>(counters.size());
        for (int i = 0; i < counters.size(); i++) {
            Optional<Level> level = levels.isEmpty() ? Optional.empty() : Optional.of(levels.get(i));
            statuses.add(counters.get(i).status(currency, level));
        }
        return statuses;
    }

    /**
     * Returns the counts of these budgets so far.
     *
     * @return a snapshot of the counts
     */
    public BudgetStats stats() {
        return counts.stats(queue.waiting());
    }

    BudgetHold unheld(BudgetRequest request, Instant startedAt) {
        Duration skew = Duration.between(processClock.instant(), clock.instant());
        return admission.hold(request, startedAt.plus(skew));
    }

    /** Waits up to two seconds for settlements under way, then closes the store. */
    @Override
    public void close() {
        queue.close();
        store.close();
    }

    /** Collects the parts of {@link Budgets}. Not safe for use by many threads. */
    public static final class Builder {

        private final String currency;
        private final List<Budget> budgets = new ArrayList<>();
        private @Nullable BudgetStore store;
        private Duration holdFor = Duration.ofMinutes(DEFAULT_HOLD_MINUTES);
        private InstantSource clock = InstantSource.system();
        private Consumer<BudgetDecision.Warning> onWarning = warning -> {};

        private Builder(String currency) {
            this.currency = currency;
        }

        /**
         * Adds a budget.
         *
         * @param budget the budget; its name must be new
         * @return this builder
         */
        public Builder add(Budget budget) {
            budgets.add(Objects.requireNonNull(budget, "budget"));
            return this;
        }

        /**
         * Sets where counters live; required. The budgets close it.
         *
         * @param store {@link BudgetStore#inMemory()} for one process, {@link BudgetStore#redis} for a fleet
         * @return this builder
         */
        public Builder store(BudgetStore store) {
            this.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Sets after which time a hold expires; {@value Budgets#DEFAULT_HOLD_MINUTES} minutes by default. It should
         * outlive every call: a call that ends later is added in full, but its room was free meanwhile.
         *
         * @param time from one second to one day
         * @return this builder
         */
        public Builder holdFor(Duration time) {
            this.holdFor = Objects.requireNonNull(time, "holdFor");
            return this;
        }

        /**
         * Listens to warnings: the first per limit, counter and window in this process; later ones only count.
         *
         * @param listener runs on the caller's thread and should be quick; what it throws is logged
         * @return this builder
         */
        public Builder onWarning(Consumer<BudgetDecision.Warning> listener) {
            this.onWarning = Objects.requireNonNull(listener, "onWarning");
            return this;
        }

        /**
         * Sets the clock that places calls in windows where the store has none of its own; the system's by default. With
         * Redis its server's clock decides, from the first connection on.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Builds the budgets.
         *
         * @return the budgets
         * @throws IllegalArgumentException if anything is missing or contradicts itself; names every problem
         */
        public Budgets build() {
            List<String> problems = new ArrayList<>();
            if (!currency.matches("[A-Z]{3}")) {
                problems.add("currency is '" + currency + "' — an ISO 4217 code such as USD");
            }
            if (holdFor.compareTo(Duration.ofSeconds(1)) < 0 || holdFor.compareTo(Duration.ofDays(1)) > 0) {
                problems.add("holdFor is " + holdFor + " — from PT1S to PT24H");
            }
            Set<String> names = new HashSet<>();
            for (Budget budget : budgets) {
                if (!names.add(budget.name())) {
                    problems.add("budget '" + budget.name() + "' is there twice — each name once — rename one of both");
                }
                if (store != null
                        && store.counters().isSharded()
                        && !budget.scope().has(BudgetDimension.TENANT)) {
                    problems.add("budget '" + budget.name() + "' has the scope " + budget.scope()
                            + " — one with the tenant, since the store is sharded by tenant — add it, or count on a"
                            + " BudgetStore.redis(…)");
                }
                if (store != null
                        && store.counters().canFail()
                        && budget.enforces()
                        && budget.whenStoreFails() == null) {
                    problems.add("budget '" + budget.name()
                            + "' has no whenStoreFails — OPEN or CLOSED, since its store can be away — set it");
                }
            }
            if (store == null) {
                problems.add("store is missing — any BudgetStore — pass for example BudgetStore.inMemory()");
            }
            if (store == null || !problems.isEmpty()) {
                throw new IllegalArgumentException("budgets: " + String.join("; ", problems));
            }
            return new Budgets(this, store.counters());
        }
    }
}
