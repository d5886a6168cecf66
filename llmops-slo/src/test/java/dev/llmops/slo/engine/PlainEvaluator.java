package dev.llmops.slo.engine;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a list of events as slowly and plainly as the definitions read, sharing no arithmetic with the engine: exact
 * decimals, a scan of all events for every window, and a binomial tail summed term by term.
 */
public final class PlainEvaluator {

    /** One good or bad event. */
    public record Event(Instant at, boolean good) {}

    /** What the definitions give for one window. */
    public record Window(long bad, long total) {

        boolean isOver(BigDecimal threshold) {
            return BigDecimal.valueOf(bad).compareTo(threshold.multiply(BigDecimal.valueOf(total))) > 0;
        }
    }

    private static final MathContext DIGITS = new MathContext(40);
    private static final BigDecimal ALPHA = new BigDecimal("0.05");

    private final List<Event> events = new ArrayList<>();

    public void add(Instant at, boolean good) {
        events.add(new Event(at, good));
    }

    public List<Event> events() {
        return events;
    }

    /** Events with at − length &lt; time ≤ at. */
    public Window window(Instant at, Duration length) {
        Instant start = at.minus(length);
        long bad = 0;
        long total = 0;
        for (Event event : events) {
            if (event.at().isAfter(start) && !event.at().isAfter(at)) {
                total++;
                bad += event.good() ? 0 : 1;
            }
        }
        return new Window(bad, total);
    }

    public SloStatus.State state(Instant at, Duration period, BigDecimal target) {
        Window window = window(at, period);
        BigDecimal budget = BigDecimal.ONE.subtract(target);
        if (window.total() == 0) {
            return SloStatus.State.INSUFFICIENT_DATA;
        }
        boolean over = window.isOver(budget);
        if (over && atLeast(window.bad(), window.total(), budget).compareTo(ALPHA) < 0) {
            return SloStatus.State.BREACHED;
        }
        boolean proven = atMost(window.bad(), window.total(), budget).compareTo(ALPHA) <= 0;
        return !over && proven ? SloStatus.State.MET : SloStatus.State.INSUFFICIENT_DATA;
    }

    public TierVerdict.State tier(Instant at, AlertTier tier, BigDecimal target, AlertPolicy.Guard guard) {
        BigDecimal threshold = tier.factor().multiply(BigDecimal.ONE.subtract(target));
        Window longWindow = window(at, tier.longWindow());
        Window shortWindow = window(at, tier.shortWindow());
        boolean clear = (longWindow.total() > 0 && !longWindow.isOver(threshold))
                || (shortWindow.total() > 0 && !shortWindow.isOver(threshold));
        if (clear) {
            return TierVerdict.State.CLEAR;
        }
        if (longWindow.total() == 0 || shortWindow.total() == 0) {
            return TierVerdict.State.NO_DATA;
        }
        boolean enough = longWindow.bad() >= guard.minimumBadEvents()
                && (guard.confidence() == 0
                        || atLeast(longWindow.bad(), longWindow.total(), threshold)
                                        .compareTo(ALPHA)
                                < 0);
        return enough ? TierVerdict.State.FIRING : TierVerdict.State.HELD;
    }

    /** The share of minutes that have an event in the five minutes up to them. */
    public double coverage(Instant at, Duration period) {
        long measured = 0;
        for (long minute = 0; minute < period.toMinutes(); minute++) {
            Instant end = at.minus(Duration.ofMinutes(minute));
            measured += window(end, Duration.ofMinutes(5)).total() > 0 ? 1 : 0;
        }
        return (double) measured / period.toMinutes();
    }

    /** P(X ≥ k). */
    private static BigDecimal atLeast(long k, long n, BigDecimal p) {
        return k == 0 ? BigDecimal.ONE : BigDecimal.ONE.subtract(atMost(k - 1, n, p));
    }

    /** P(X ≤ k). */
    private static BigDecimal atMost(long k, long n, BigDecimal p) {
        BigDecimal q = BigDecimal.ONE.subtract(p);
        BigDecimal term = q.pow((int) n, DIGITS);
        BigDecimal odds = p.divide(q, DIGITS);
        BigDecimal sum = BigDecimal.ZERO;
        for (long i = 0; i <= k; i++) {
            sum = sum.add(term, DIGITS);
            term = term.multiply(BigDecimal.valueOf(n - i), DIGITS)
                    .divide(BigDecimal.valueOf(i + 1), DIGITS)
                    .multiply(odds, DIGITS);
        }
        return sum;
    }
}
