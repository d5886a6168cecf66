package dev.llmops.slo.backtest;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Objective;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums over any span of a history, as differences of running sums. */
final class RollingSums {

    private static final Counts ZERO = Counts.NONE;

    private final TreeMap<Instant, Counts> running = new TreeMap<>();

    RollingSums(EventHistory history) {
        double bad = 0;
        double total = 0;
        for (Map.Entry<Instant, Counts> step : history.steps().entrySet()) {
            bad += step.getValue().bad();
            total += step.getValue().total();
            running.put(step.getKey(), new Counts(bad, total));
        }
    }

    /** The events of (from, to]. */
    Counts between(Instant from, Instant to) {
        Counts before = upTo(from);
        Counts until = upTo(to);
        double total = until.total() - before.total();
        return new Counts(Math.max(0, Math.min(total, until.bad() - before.bad())), total);
    }

    private Counts upTo(Instant at) {
        Map.Entry<Instant, Counts> entry = running.floorEntry(at);
        return entry == null ? ZERO : entry.getValue();
    }

    /** The minute at which the last event has left every short window, so that nothing fires any more. */
    Instant end(Objective objective) {
        List<Duration> windows = Measurement.windowsOf(objective);
        return running.lastKey().plus(windows.get(0));
    }
}
