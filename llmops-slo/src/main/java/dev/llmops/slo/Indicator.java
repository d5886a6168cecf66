package dev.llmops.slo;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.internal.Percent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The rule that makes one event of an objective good or bad. What was not measured is no event at all: it lowers coverage and
 * counts neither way.
 *
 * @since 0.1.0
 */
public sealed interface Indicator {

    /**
     * Returns true if each event is wholly good or wholly bad.
     *
     * @return false for a mean of scores, whose events are partly bad
     */
    default boolean isBinary() {
        return true;
    }

    /**
     * Returns true if events are judged by something that comes after the call, such as a score.
     *
     * @return true for scores and feedback
     */
    default boolean isJudgedLater() {
        return false;
    }

    /**
     * Judges a call that has ended.
     *
     * @param call the call
     * @return 0 for good, 1 for bad, {@code NaN} where the call is no event of this indicator
     */
    default double badnessOf(CallRecord call) {
        return CallJudge.ofCall(this, call);
    }

    /**
     * Judges an event that came after its call, such as a score.
     *
     * @param event the event
     * @return 0 for good, 1 for bad, between for a score that is averaged, {@code NaN} where the event is none of this
     *     indicator
     */
    default double badnessOf(LlmEvent event) {
        return CallJudge.ofEvent(this, event);
    }

    /**
     * Says in words what a good event is.
     *
     * @return a phrase such as {@code time to first token ≤ 500ms}
     */
    String describe();

    /**
     * Calls that completed, among those that could have: failures that are the caller's own, refusals and cancelled
     * calls are no events.
     *
     * @return the indicator
     */
    static Indicator availability() {
        return new Availability();
    }

    /**
     * Calls whose whole duration is at or under a threshold. A call that did not complete counts as bad once it is over
     * the threshold, and is no event before.
     *
     * @param threshold &gt; 0
     * @return the indicator
     */
    static Indicator latency(Duration threshold) {
        return new Latency(Latency.Measure.DURATION, threshold);
    }

    /**
     * Calls whose first token with content came in time. A call that ended without one, and did not complete, is bad
     * once it lasted longer than the threshold, and no event before.
     *
     * @param threshold &gt; 0
     * @return the indicator
     */
    static Indicator timeToFirstToken(Duration threshold) {
        return new Latency(Latency.Measure.TIME_TO_FIRST_TOKEN, threshold);
    }

    /**
     * Calls whose mean time per output token after the first is at or under a threshold; calls of fewer than two tokens
     * are no events.
     *
     * @param threshold &gt; 0
     * @return the indicator
     */
    static Indicator timePerOutputToken(Duration threshold) {
        return new Latency(Latency.Measure.TIME_PER_OUTPUT_TOKEN, threshold);
    }

    /**
     * Calls that cost no more than an amount; calls without a price, or priced in another currency, are no events.
     *
     * @param limit the most a good call costs, &gt; 0
     * @param currency ISO 4217 code
     * @return the indicator
     */
    static Indicator costPerCall(BigDecimal limit, String currency) {
        return new CostPerCall(limit, currency);
    }

    /**
     * Scores of an evaluation at or over a minimum. A score counts in the minute of its call.
     *
     * @param evaluation the evaluation's name, such as {@code faithfulness}
     * @param minimum the lowest good score, in the evaluation's own unit
     * @return the indicator
     */
    static Indicator score(String evaluation, double minimum) {
        return new ScoreShare(evaluation, minimum);
    }

    /**
     * The mean of an evaluation's scores, which must lie in [0, 1]; a score s counts as 1 − s bad events.
     *
     * @param evaluation the evaluation's name
     * @return the indicator
     */
    static Indicator meanScore(String evaluation) {
        return new MeanScore(evaluation);
    }

    /**
     * Thumbs up among all feedback. A verdict counts in the minute of its call.
     *
     * @return the indicator
     */
    static Indicator feedback() {
        return new Feedback();
    }

    /**
     * Calls that keep several promises at once: bad when one is broken, good when at least one is kept and none broken.
     *
     * @param parts two or more of availability, latencies and cost
     * @return the indicator
     */
    static Indicator goodput(Indicator... parts) {
        return new Goodput(List.of(parts));
    }

    /**
     * Events that the application reports by itself with {@link SloEngine#report}, or that only Prometheus knows.
     *
     * @return the indicator
     */
    static Indicator reported() {
        return new Reported();
    }

    /** See {@link #availability()}. */
    record Availability() implements Indicator {
        @Override
        public String describe() {
            return "call completed";
        }
    }

    /**
     * See {@link #latency}, {@link #timeToFirstToken} and {@link #timePerOutputToken}.
     *
     * @param measure what is timed
     * @param threshold the longest good time, &gt; 0
     */
    record Latency(Measure measure, Duration threshold) implements Indicator {

        /** The time that is measured. */
        public enum Measure {
            /** Start to end. */
            DURATION,
            /** Start to the first chunk with content. */
            TIME_TO_FIRST_TOKEN,
            /** Mean gap between output tokens. */
            TIME_PER_OUTPUT_TOKEN
        }

        /** Checks the threshold. */
        public Latency {
            if (threshold.isNegative() || threshold.isZero()) {
                throw new IllegalArgumentException("threshold is " + threshold + " — longer than zero");
            }
        }

        @Override
        public String describe() {
            return measure.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " ≤ " + Durations.format(threshold);
        }
    }

    /**
     * See {@link #costPerCall}.
     *
     * @param limit the most a good call costs
     * @param currency ISO 4217 code
     */
    record CostPerCall(BigDecimal limit, String currency) implements Indicator {

        /** Checks the limit. */
        public CostPerCall {
            if (limit.signum() <= 0) {
                throw new IllegalArgumentException("limit is " + limit.toPlainString() + " — above 0");
            }
            if (!currency.matches("[A-Z]{3}")) {
                throw new IllegalArgumentException("currency is " + currency + " — an ISO 4217 code such as USD");
            }
        }

        @Override
        public String describe() {
            return "cost ≤ " + limit.toPlainString() + " " + currency;
        }
    }

    /**
     * See {@link #score}.
     *
     * @param evaluation the evaluation's name
     * @param minimum the lowest good score
     */
    record ScoreShare(String evaluation, double minimum) implements Indicator {

        /** Checks the minimum. */
        public ScoreShare {
            if (!Double.isFinite(minimum)) {
                throw new IllegalArgumentException("minimum is " + minimum + " — a finite number");
            }
        }

        @Override
        public boolean isJudgedLater() {
            return true;
        }

        @Override
        public String describe() {
            return evaluation + " ≥ " + Percent.plain(minimum);
        }
    }

    /**
     * See {@link #meanScore}.
     *
     * @param evaluation the evaluation's name
     */
    record MeanScore(String evaluation) implements Indicator {
        @Override
        public boolean isBinary() {
            return false;
        }

        @Override
        public boolean isJudgedLater() {
            return true;
        }

        @Override
        public String describe() {
            return "mean of " + evaluation;
        }
    }

    /** See {@link #feedback()}. */
    record Feedback() implements Indicator {
        @Override
        public boolean isJudgedLater() {
            return true;
        }

        @Override
        public String describe() {
            return "thumbs up";
        }
    }

    /**
     * See {@link #goodput}.
     *
     * @param parts the promises
     */
    record Goodput(List<Indicator> parts) implements Indicator {

        /** Checks that the parts are known when the call ends. */
        public Goodput {
            parts = List.copyOf(parts);
            if (parts.size() < 2) {
                throw new IllegalArgumentException("goodput needs two or more parts, but had " + parts.size());
            }
            for (Indicator part : parts) {
                if (!(part instanceof Availability || part instanceof Latency || part instanceof CostPerCall)) {
                    throw new IllegalArgumentException("goodput takes availability, latencies and cost, but had '"
                            + part.describe() + "' — give it an objective of its own");
                }
            }
        }

        @Override
        public String describe() {
            return parts.stream().map(Indicator::describe).collect(Collectors.joining(" and "));
        }
    }

    /** See {@link #reported()}. */
    record Reported() implements Indicator {
        @Override
        public String describe() {
            return "reported good";
        }
    }
}
