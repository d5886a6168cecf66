package dev.llmops.quality;

import dev.llmops.quality.VersionQuality.EvaluationKey;
import dev.llmops.quality.VersionQuality.EvaluationQuality;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts for one version set. Calls are counted without a lock; what is judged later is guarded by the book's monitor and
 * may be taken back when a later judgement replaces it.
 */
final class VersionBook {

    private static final int MAX_FAILED_FIELDS = 200;

    private final LongAdder calls = new LongAdder();
    private final LongAdder abnormalInputs = new LongAdder();
    private final Map<RefusalKind, LongAdder> refusals = Map.of(
            RefusalKind.PROVIDER_REFUSAL, new LongAdder(),
            RefusalKind.CONTENT_FILTERED, new LongAdder(),
            RefusalKind.TEXT_REFUSAL, new LongAdder());

    private long judgedCalls;
    private long judgements;
    private long judgementsWithinHour;
    private long contractChecks;
    private long contractFailures;
    private final Map<Feedback.Kind, Tally> feedback = new EnumMap<>(Feedback.Kind.class);
    private final Map<BusinessOutcome.Kind, Tally> outcomes = new EnumMap<>(BusinessOutcome.Kind.class);
    private final Map<EvaluationKey, Tally> evaluations = new HashMap<>();
    private final Map<String, Long> failedFields = new TreeMap<>();

    /** Values with the number of good ones. Values may be taken back, the extremes seen are not. */
    private static final class Tally {
        private long count;
        private long judged;
        private long good;
        private double sum;
        private double sumOfSquares;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        void add(Value value, int sign) {
            count += sign;
            judged += value.judged ? sign : 0;
            good += value.good ? sign : 0;
            sum += sign * value.number;
            sumOfSquares += sign * value.number * value.number;
            min = Math.min(min, value.number);
            max = Math.max(max, value.number);
        }

        Rate rate() {
            return new Rate(good, judged);
        }

        ScoreSummary summary() {
            return new ScoreSummary(count, sum, sumOfSquares, min, max);
        }
    }

    /**
     * A value to book.
     *
     * @param number the value
     * @param judged true if it is good or bad, rather than neither
     * @param good true if it is good
     */
    record Value(double number, boolean judged, boolean good) {}

    void call() {
        calls.increment();
    }

    void abnormalInput() {
        abnormalInputs.increment();
    }

    void refusal(RefusalKind kind) {
        Objects.requireNonNull(refusals.get(kind)).increment();
    }

    synchronized void judgedFirst() {
        judgedCalls++;
    }

    synchronized void feedback(Feedback.Kind kind, Value value, int sign) {
        feedback.computeIfAbsent(kind, k -> new Tally()).add(value, sign);
    }

    synchronized void delay(boolean withinHour) {
        judgements++;
        judgementsWithinHour += withinHour ? 1 : 0;
    }

    synchronized void outcome(BusinessOutcome.Kind kind, Value value, int sign) {
        outcomes.computeIfAbsent(kind, k -> new Tally()).add(value, sign);
    }

    synchronized void evaluation(EvaluationKey key, Value value, int sign) {
        evaluations.computeIfAbsent(key, k -> new Tally()).add(value, sign);
    }

    synchronized boolean hasEvaluation(EvaluationKey key) {
        return evaluations.containsKey(key);
    }

    synchronized int evaluations() {
        return evaluations.size();
    }

    /** Counts a check; returns how many of its failures have no count of their own, because too many fields have one. */
    synchronized int contract(Iterable<OutputContract.Failure> failures) {
        int leftOut = 0;
        contractChecks++;
        boolean failed = false;
        for (OutputContract.Failure failure : failures) {
            failed = true;
            String key = failure.field() + " " + failure.rule();
            if (failedFields.size() < MAX_FAILED_FIELDS || failedFields.containsKey(key)) {
                failedFields.merge(key, 1L, Long::sum);
            } else {
                leftOut++;
            }
        }
        contractFailures += failed ? 1 : 0;
        return leftOut;
    }

    synchronized VersionQuality read(String versionSet) {
        long answered = calls.sum();
        Map<Feedback.Kind, Rate> good = new EnumMap<>(Feedback.Kind.class);
        feedback.forEach((kind, tally) -> good.put(kind, tally.rate()));
        Map<BusinessOutcome.Kind, Rate> rates = new EnumMap<>(BusinessOutcome.Kind.class);
        Map<BusinessOutcome.Kind, ScoreSummary> figures = new EnumMap<>(BusinessOutcome.Kind.class);
        outcomes.forEach((kind, tally) -> {
            if (kind.isRate()) {
                rates.put(kind, tally.rate());
            } else {
                figures.put(kind, tally.summary());
            }
        });
        Map<EvaluationKey, EvaluationQuality> scores = new HashMap<>();
        evaluations.forEach((key, tally) -> scores.put(key, new EvaluationQuality(tally.summary(), tally.rate())));
        return new VersionQuality(
                versionSet,
                answered,
                share(judgedCalls, answered),
                Map.copyOf(good),
                new Rate(judgementsWithinHour, judgements),
                Map.copyOf(scores),
                refusalRates(answered),
                new Rate(contractFailures, contractChecks),
                Map.copyOf(failedFields),
                Map.copyOf(rates),
                Map.copyOf(figures),
                share(abnormalInputs.sum(), answered));
    }

    private Map<RefusalKind, Rate> refusalRates(long answered) {
        Map<RefusalKind, Rate> rates = new EnumMap<>(RefusalKind.class);
        refusals.forEach((kind, refused) -> rates.put(kind, share(refused.sum(), answered)));
        return Map.copyOf(rates);
    }

    /** A share of calls; calls of an earlier process may be judged in this one. */
    private static Rate share(long count, long answered) {
        return new Rate(count, Math.max(count, answered));
    }
}
