package dev.llmops.cost.budget;

import dev.llmops.cost.budget.BudgetDecision.Warning.Limit;
import dev.llmops.cost.budget.internal.CounterStore;
import dev.llmops.cost.budget.internal.CounterStore.Reservation;
import dev.llmops.cost.budget.internal.Level;
import dev.llmops.cost.budget.internal.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Decides one request against all budgets that match it: one question to the store, and what its answer means. */
final class Admission {

    private final String currency;
    private final List<Budget> budgets;
    private final CounterStore store;
    private final Duration holdFor;
    private final InstantSource clock;
    private final Settlements settlements;
    private final Warnings warnings;
    private final BudgetCounts counts;

    Admission(
            String currency,
            List<Budget> budgets,
            CounterStore store,
            Duration holdFor,
            InstantSource clock,
            Settlements settlements,
            Warnings warnings,
            BudgetCounts counts) {
        this.currency = currency;
        this.budgets = budgets;
        this.store = store;
        this.holdFor = holdFor;
        this.clock = clock;
        this.settlements = settlements;
        this.warnings = warnings;
        this.counts = counts;
    }

    List<Counter> countersOf(BudgetSubject subject, Instant now) {
        List<Counter> counters = new ArrayList<>(budgets.size());
        for (Budget budget : budgets) {
            if (budget.scope().matches(subject)) {
                counters.add(Counter.of(budget, subject, now));
            }
        }
        return counters;
    }

    BudgetHold hold(BudgetRequest request, Instant now) {
        return new BudgetHold(settlements, request, now.plus(holdFor), countersOf(request.subject(), now));
    }

    BudgetDecision decide(BudgetRequest request) {
        Instant now = clock.instant();
        BudgetHold hold = hold(request, now);
        if (hold.counters().isEmpty()) {
            return new BudgetDecision.Granted(hold, List.of(), false);
        }
        long nanos = NanoAmount.ceil(request.estimate());
        try {
            Reservation answer = store.reserve(new CounterStore.Reserve(
                    request.callId(),
                    nanos,
                    Counter.stored(hold.counters()),
                    now.toEpochMilli(),
                    holdFor.toMillis(),
                    Settlements.REMEMBER.toMillis()));
            return switch (answer.outcome()) {
                case TAKEN -> granted(hold, nanos, answer.levels());
                case NO_ROOM -> refused(hold, nanos, answer.levels());
                case SETTLED_BEFORE ->
                    throw new IllegalStateException("callId " + request.callId()
                            + " was settled before — an id that no other call had — start a call for each");
            };
        } catch (StoreUnavailableException e) {
            counts.storeFailures.increment();
            return undecided(hold, e.mayHaveArrived());
        }
    }

    private BudgetDecision granted(BudgetHold hold, long nanos, List<Level> levels) {
        settlements.expect(hold);
        List<BudgetDecision.Warning> passed = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            Counter counter = hold.counters().get(i);
            Level level = levels.get(i);
            Limit limit = counter.limitPassed(level, nanos);
            if (limit != null) {
                passed.add(new BudgetDecision.Warning(limit, counter.status(currency, Optional.of(level))));
            }
        }
        passed.forEach(warnings::raise);
        return new BudgetDecision.Granted(hold, passed, false);
    }

    /** Names a budget that offers a downgrade first: without one, no proposal could help. */
    private BudgetDecision refused(BudgetHold wanted, long nanos, List<Level> levels) {
        BudgetDecision.Refused refused = null;
        for (int i = 0; i < levels.size(); i++) {
            Counter counter = wanted.counters().get(i);
            Level level = levels.get(i);
            if (!counter.stored().hasRoomFor(nanos, level)) {
                boolean offers = counter.budget().downgrade() != null;
                if (refused == null || offers) {
                    BudgetStatus status = counter.status(currency, Optional.of(level));
                    refused = new BudgetDecision.Refused(new BudgetDecision.Refusal(
                            BudgetDecision.Refusal.Reason.LIMIT_REACHED,
                            status,
                            wanted.request().estimate()));
                }
                if (offers) {
                    break;
                }
            }
        }
        return Objects.requireNonNull(refused, "the store found no room, so a counter is over its ceiling");
    }

    private BudgetDecision undecided(BudgetHold hold, boolean mayHaveArrived) {
        for (Counter counter : hold.counters()) {
            if (counter.budget().enforces() && counter.budget().whenStoreFails() == BudgetStore.FailurePolicy.CLOSED) {
                if (mayHaveArrived) {
                    hold.release();
                }
                counts.failedClosed.increment();
                return new BudgetDecision.Refused(new BudgetDecision.Refusal(
                        BudgetDecision.Refusal.Reason.STORE_UNAVAILABLE,
                        counter.status(currency, Optional.empty()),
                        hold.request().estimate()));
            }
        }
        counts.failedOpen.increment();
        settlements.expect(hold);
        return new BudgetDecision.Granted(hold, List.of(), false);
    }
}
