package dev.llmops.slo.status;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Durations;
import dev.llmops.slo.ErrorBudget;
import dev.llmops.slo.internal.Percent;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The burn rate of one window.
 *
 * @param window its length
 * @param counts its events
 * @param burnRate error ratio ÷ budget; empty without events
 * @since 0.1.0
 */
public record WindowBurn(Duration window, Counts counts, OptionalDouble burnRate) {

    static WindowBurn of(Duration window, Counts counts, ErrorBudget budget) {
        return new WindowBurn(
                window,
                counts,
                counts.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(budget.burnRate(counts.bad() / counts.total())));
    }

    String describe() {
        return Durations.format(window) + ": "
                + (counts.isEmpty()
                        ? "no events"
                        : Percent.count(counts.bad()) + " of " + Percent.count(counts.total()) + " bad ("
                                + Percent.of(counts.bad() / counts.total()) + ")");
    }
}
