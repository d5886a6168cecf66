package dev.llmops.cost.budget;

import dev.llmops.core.privacy.Pseudonyms;
import dev.llmops.cost.budget.internal.Level;
import dev.llmops.cost.budget.internal.StoreCounter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A budget as it applies to a call: the definition, for whom, in which window, and under which key the store counts.
 */
record Counter(Budget budget, String scope, BudgetWindow.Span span, StoreCounter stored) {

    /** The time for which a store keeps a counter after its window, so that late settlements find it. */
    private static final Duration GRACE = Duration.ofHours(1);

    static Counter of(Budget budget, BudgetSubject subject, Instant now) {
        BudgetWindow.Span span = budget.window().at(now);
        String key = budget.name() + ":" + digest(budget.scope().counterValues(subject)) + ":"
                + span.counter().toEpochMilli();
        long ceiling = budget.enforces() ? NanoAmount.floor(budget.hardLimit().orElseThrow()) : StoreCounter.NO_CEILING;
        StoreCounter stored = new StoreCounter(
                key,
                digest(Collections.singletonList(subject.value(BudgetDimension.TENANT))),
                span.cell().toEpochMilli(),
                span.start().toEpochMilli(),
                ceiling,
                Duration.between(now, span.forgettable()).plus(GRACE).toMillis());
        return new Counter(budget, budget.scope().describe(subject), span, stored);
    }

    static List<StoreCounter> stored(List<Counter> counters) {
        return counters.stream().map(Counter::stored).toList();
    }

    BudgetStatus status(String currency, Optional<Level> level) {
        return new BudgetStatus(
                budget.name(),
                scope,
                currency,
                budget.softLimit().orElse(null),
                budget.hardLimit().orElse(null),
                level.map(known -> NanoAmount.amount(known.spent())).orElse(null),
                level.map(known -> NanoAmount.amount(known.held())).orElse(null),
                span.start(),
                span.end());
    }

    /** The highest limit that a call takes this budget over, of those that do not keep it out. */
    BudgetDecision.Warning.@Nullable Limit limitPassed(Level level, long nanos) {
        if (!budget.enforces() && passes(budget.hardLimit(), level, nanos)) {
            return BudgetDecision.Warning.Limit.HARD;
        }
        return passes(budget.softLimit(), level, nanos) ? BudgetDecision.Warning.Limit.SOFT : null;
    }

    private static boolean passes(Optional<BigDecimal> limit, Level level, long nanos) {
        return limit.isPresent() && level.used() + nanos > NanoAmount.floor(limit.get());
    }

    /** Bounded, and keeps user ids out of the store. */
    private static String digest(List<@Nullable String> values) {
        if (values.isEmpty()) {
            return "global";
        }
        StringBuilder all = new StringBuilder();
        for (String value : values) {
            // Lengths keep ("a", "bc") and ("ab", "c") apart, and an absent value apart from an empty one.
            all.append(value == null ? "-" : value.length() + ":" + value);
        }
        return Pseudonyms.unkeyed().of(all.toString());
    }
}
