package dev.llmops.cost.budget;

import dev.llmops.cost.budget.BudgetStore.Reservation;
import dev.llmops.cost.budget.BudgetWarning.Limit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 * switch (budgets.hold(new BudgetRequest(callId, subject, estimate))) {
 *     case Granted granted -> granted.hold().settle(callTheModel(granted.hold().request()));
 *     case Refused refused -> reject(refused.refusal().message());
 * }
 * }</pre>
 *
 * <p>All budgets that match a call are decided in one atomic step. <b>Bound:</b> the spend of a window never passes the
 * hard limit by more than the sum, over its calls, of what each cost beyond its estimate, plus the cost of calls settled
 * after their hold had expired, or let through while the store was away. With estimates that are upper bounds, holds
 * that outlive their calls, and a store that answers, it is never passed. Amounts count in billionths, rounded up.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Budgets implements AutoCloseable {

    /** How long a hold lasts unless said otherwise: {@value} minutes. */
    public static final int DEFAULT_HOLD_MINUTES = 10;

    /** How long a call id is remembered after its settlement, so that repeats are known as such. */
    private static final Duration REMEMBER = Duration.ofHours(1);

    private static final int MAX_DOWNGRADES = 8;

    private final String currency;
    private final List<Budget> budgets;
    private final BudgetStore store;
    private final Duration holdFor;
    private final InstantSource clock;
    private final BudgetCounts counts = new BudgetCounts();
    private final Settlements settlements;
    private final Warnings warnings;
    private final HoldsUnderWay underWay = new HoldsUnderWay();

    private Budgets(Builder builder, BudgetStore store) {
        this.currency = builder.currency;
        this.budgets = List.copyOf(builder.budgets);
        this.store = store;
        this.holdFor = builder.holdFor;
        this.clock = builder.clock;
        this.settlements = new Settlements(store, counts);
        this.warnings = new Warnings(builder.onWarning, counts);
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
     * Takes room for a call in all budgets that match it, or in none. Waits for the store, with Redis no longer than
     * its timeout.
     *
     * @param request which call, for whom, and what it may cost
     * @return whether the call may go on
     * @throws IllegalStateException if the call id was settled before
     */
    public BudgetDecision hold(BudgetRequest request) {
        BudgetDecision decision = decide(request);
        boolean downgraded = false;
        for (int step = 0; step < MAX_DOWNGRADES && decision instanceof BudgetDecision.Refused refused; step++) {
            BudgetRequest cheaper = cheaper(request, refused.refusal());
            if (cheaper == null) {
                break;
            }
            if (!cheaper.callId().equals(request.callId())) {
                throw new IllegalStateException(
                        "a downgrade must keep the call id " + request.callId() + ", but gave " + cheaper.callId());
            }
            request = cheaper;
            decision = decide(cheaper);
            downgraded = true;
        }
        return counted(decision, downgraded);
    }

    private @Nullable BudgetRequest cheaper(BudgetRequest request, BudgetRefusal refusal) {
        if (refusal.reason() != BudgetRefusal.Reason.LIMIT_REACHED) {
            return null;
        }
        for (Budget budget : budgets) {
            Downgrade downgrade = budget.downgrade();
            if (downgrade != null && budget.name().equals(refusal.budget().budget())) {
                return downgrade.instead(request, refusal);
            }
        }
        return null;
    }

    private BudgetDecision decide(BudgetRequest request) {
        Instant now = clock.instant();
        List<Counter> counters = countersOf(request.subject(), now);
        BudgetHold hold = new BudgetHold(this, request, now.plus(holdFor), counters);
        if (counters.isEmpty()) {
            return new BudgetDecision.Granted(hold, List.of(), false);
        }
        long nanos = Nanos.ceil(request.estimate());
        try {
            Reservation answer = store.reserve(new BudgetStore.Reserve(
                    request.callId(),
                    nanos,
                    stored(counters),
                    now.toEpochMilli(),
                    holdFor.toMillis(),
                    REMEMBER.toMillis()));
            return switch (answer.outcome()) {
                case TAKEN -> granted(hold, nanos, answer.levels());
                case NO_ROOM -> refused(request, nanos, counters, answer.levels());
                case SETTLED_BEFORE ->
                    throw new IllegalStateException(
                            "callId must be new for every call, but " + request.callId() + " was settled before");
            };
        } catch (StoreUnavailableException e) {
            counts.storeFailures.increment();
            return undecided(hold);
        }
    }

    private BudgetDecision granted(BudgetHold hold, long nanos, List<Level> levels) {
        underWay.add(hold, clock.instant());
        List<BudgetWarning> passed = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            Counter counter = hold.counters().get(i);
            Level level = levels.get(i);
            Limit limit = counter.limitPassed(level, nanos);
            if (limit != null) {
                passed.add(new BudgetWarning(limit, counter.status(currency, Optional.of(level))));
            }
        }
        passed.forEach(warnings::raise);
        return new BudgetDecision.Granted(hold, passed, false);
    }

    /** Names a budget that offers a downgrade first: without one, no proposal could help. */
    private BudgetDecision refused(BudgetRequest request, long nanos, List<Counter> counters, List<Level> levels) {
        BudgetDecision.Refused refused = null;
        for (int i = 0; i < levels.size(); i++) {
            Counter counter = counters.get(i);
            Level level = levels.get(i);
            if (!counter.stored().hasRoomFor(nanos, level)) {
                boolean offers = counter.budget().downgrade() != null;
                if (refused == null || offers) {
                    BudgetStatus status = counter.status(currency, Optional.of(level));
                    refused = new BudgetDecision.Refused(
                            new BudgetRefusal(BudgetRefusal.Reason.LIMIT_REACHED, status, request.estimate()));
                }
                if (offers) {
                    break;
                }
            }
        }
        return Objects.requireNonNull(refused, "the store found no room, so a counter is over its ceiling");
    }

    private BudgetDecision undecided(BudgetHold hold) {
        for (Counter counter : hold.counters()) {
            if (counter.budget().enforces() && counter.budget().whenStoreFails() == StoreFailurePolicy.CLOSED) {
                // The store may have taken the hold all the same and only its answer been lost.
                submit(hold, BigDecimal.ZERO);
                counts.failedClosed.increment();
                return new BudgetDecision.Refused(new BudgetRefusal(
                        BudgetRefusal.Reason.STORE_UNAVAILABLE,
                        counter.status(currency, Optional.empty()),
                        hold.request().estimate()));
            }
        }
        counts.failedOpen.increment();
        underWay.add(hold, clock.instant());
        return new BudgetDecision.Granted(hold, List.of(), false);
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

    void settle(BudgetHold hold, BigDecimal actual) {
        Nanos.requireAmount("actual", actual);
        underWay.remove(hold.request().callId());
        submit(hold, actual);
    }

    private void submit(BudgetHold hold, BigDecimal actual) {
        if (!hold.counters().isEmpty()) {
            settlements.submit(new BudgetStore.Settle(
                    hold.request().callId(),
                    Nanos.ceil(actual),
                    stored(hold.counters()),
                    clock.millis(),
                    REMEMBER.toMillis()));
        }
    }

    /**
     * Where every budget that would count such a call stands now.
     *
     * @param subject for whom and with which model
     * @return one status per budget that matches, in the order in which they were added; without spend and holds while
     *     the store cannot be asked
     */
    public List<BudgetStatus> status(BudgetSubject subject) {
        Instant now = clock.instant();
        List<Counter> counters = countersOf(subject, now);
        List<Level> levels = new ArrayList<>();
        try {
            levels.addAll(store.levels(stored(counters), now.toEpochMilli()));
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
     * What these budgets have done so far.
     *
     * @return a snapshot of the counts
     */
    public BudgetStats stats() {
        return counts.stats(settlements.waiting());
    }

    private List<Counter> countersOf(BudgetSubject subject, Instant now) {
        List<Counter> counters = new ArrayList<>(budgets.size());
        for (Budget budget : budgets) {
            if (budget.scope().matches(subject)) {
                counters.add(Counter.of(budget, subject, now));
            }
        }
        return counters;
    }

    private static List<StoreCounter> stored(List<Counter> counters) {
        return counters.stream().map(Counter::stored).toList();
    }

    /** Waits up to two seconds for settlements under way, then closes the store. */
    @Override
    public void close() {
        settlements.close();
        store.close();
    }

    /** Collects the parts of {@link Budgets}. Not safe for use by many threads. */
    public static final class Builder {

        private final String currency;
        private final List<Budget> budgets = new ArrayList<>();
        private @Nullable BudgetStore store;
        private Duration holdFor = Duration.ofMinutes(DEFAULT_HOLD_MINUTES);
        private InstantSource clock = InstantSource.system();
        private Consumer<BudgetWarning> onWarning = warning -> {};

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
         * @param store {@link BudgetStore#inMemory()} for one process, {@link RedisBudgetStore} for a fleet
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
        public Builder onWarning(Consumer<BudgetWarning> listener) {
            this.onWarning = Objects.requireNonNull(listener, "onWarning");
            return this;
        }

        /**
         * Sets the clock that places calls in windows; the system's by default.
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
                problems.add("currency must be an ISO 4217 code such as USD, but was '" + currency + "'");
            }
            if (holdFor.compareTo(Duration.ofSeconds(1)) < 0 || holdFor.compareTo(Duration.ofDays(1)) > 0) {
                problems.add("holdFor must be from PT1S to PT24H, but was " + holdFor);
            }
            Set<String> names = new HashSet<>();
            for (Budget budget : budgets) {
                if (!names.add(budget.name())) {
                    problems.add("budget names must differ, but '" + budget.name() + "' comes twice");
                }
                if (store != null && store.canFail() && budget.enforces() && budget.whenStoreFails() == null) {
                    problems.add("budget '" + budget.name()
                            + "' must say whenStoreFails: OPEN or CLOSED, because its store can be away");
                }
            }
            if (store == null) {
                problems.add("store must be set, such as BudgetStore.inMemory()");
            }
            if (store == null || !problems.isEmpty()) {
                throw new IllegalArgumentException("budgets: " + String.join("; ", problems));
            }
            return new Budgets(this, store);
        }
    }
}
