package dev.llmops.slo;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Outcome;
import java.util.OptionalLong;

/** Decides how bad an event is: 0 good, 1 bad, between for scores that are averaged, {@link #NO_EVENT} unmeasured. */
final class CallJudge {

    static final double NO_EVENT = Double.NaN;
    private static final double GOOD = 0;
    private static final double BAD = 1;

    private CallJudge() {}

    /** Judges a call when it ends. */
    static double ofCall(Indicator indicator, CallRecord call) {
        if (indicator instanceof Indicator.Availability) {
            return availability(call);
        }
        if (indicator instanceof Indicator.Latency latency) {
            return latency(latency, call);
        }
        if (indicator instanceof Indicator.CostPerCall limit) {
            return cost(limit, call);
        }
        return indicator instanceof Indicator.Goodput goodput ? goodput(goodput, call) : NO_EVENT;
    }

    /** Judges what happened to a call later. */
    static double ofEvent(Indicator indicator, LlmEvent event) {
        if (event instanceof LlmEvent.Feedback feedback && indicator instanceof Indicator.Feedback) {
            return feedback.verdict() == LlmEvent.Verdict.UP ? GOOD : BAD;
        }
        if (event instanceof LlmEvent.Evaluation evaluation) {
            if (indicator instanceof Indicator.ScoreShare share
                    && share.evaluation().equals(evaluation.evaluation())) {
                return judged(evaluation.score(), share.minimum());
            }
            if (indicator instanceof Indicator.MeanScore mean
                    && mean.evaluation().equals(evaluation.evaluation())) {
                return 1 - evaluation.score();
            }
        }
        return NO_EVENT;
    }

    /** A judge that failed says nothing of the answer. */
    private static double judged(double score, double minimum) {
        if (Double.isNaN(score)) {
            return NO_EVENT;
        }
        return score >= minimum ? GOOD : BAD;
    }

    private static double availability(CallRecord call) {
        if (call.outcome() == Outcome.COMPLETED) {
            return GOOD;
        }
        CallError error = call.error();
        boolean ownFault = error != null
                ? error.kind().countsAgainstAvailability()
                : call.outcome() != Outcome.CANCELLED && call.outcome() != Outcome.REJECTED;
        return ownFault ? BAD : NO_EVENT;
    }

    private static double latency(Indicator.Latency latency, CallRecord call) {
        long threshold = latency.threshold().toNanos();
        boolean completed = call.outcome() == Outcome.COMPLETED;
        OptionalLong measured =
                switch (latency.measure()) {
                    case DURATION -> completed ? OptionalLong.of(call.timing().durationNanos()) : OptionalLong.empty();
                    case TIME_TO_FIRST_TOKEN -> call.timing().timeToFirstTokenNanos();
                    case TIME_PER_OUTPUT_TOKEN -> call.timing().timePerOutputTokenNanos();
                };
        if (measured.isPresent()) {
            return measured.getAsLong() <= threshold ? GOOD : BAD;
        }
        // A wait that ended early proves nothing, unless it was already too long.
        boolean waitedTooLong = !completed
                && latency.measure() != Indicator.Latency.Measure.TIME_PER_OUTPUT_TOKEN
                && call.timing().durationNanos() > threshold;
        return waitedTooLong ? BAD : NO_EVENT;
    }

    private static double cost(Indicator.CostPerCall limit, CallRecord call) {
        Cost cost = call.cost();
        if (cost == null || cost.amountOrNull() == null || !cost.currency().equals(limit.currency())) {
            return NO_EVENT;
        }
        return cost.amountOrNull().compareTo(limit.limit()) <= 0 ? GOOD : BAD;
    }

    private static double goodput(Indicator.Goodput goodput, CallRecord call) {
        double verdict = NO_EVENT;
        for (Indicator part : goodput.parts()) {
            double kept = ofCall(part, call);
            if (kept == BAD) {
                return BAD;
            }
            if (kept == GOOD) {
                verdict = GOOD;
            }
        }
        return verdict;
    }
}
