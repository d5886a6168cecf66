package dev.llmops.release.evidence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the judgements on a call after its end. Of each metric the latest one counts. */
final class CallVerdicts {

    static final String BAD_ANSWERS = "bad_answers";
    static final String REFUSALS = "refusals";
    private static final double HALF = .5;

    /** Evaluations whose names differ from the metric that they decide; all scores are better when higher. */
    private static final Map<String, String> METRICS =
            Map.of("answer_quality", BAD_ANSWERS, "contract", "contract_failures");

    private final Map<String, Boolean> badByMetric = new HashMap<>();
    private final Map<String, Long> saidAtMillis = new HashMap<>();
    private final Set<String> risks = new HashSet<>();

    void feedback(boolean down, long atMillis) {
        set(BAD_ANSWERS, down, atMillis);
    }

    void evaluation(String evaluation, double score, long atMillis) {
        set(METRICS.getOrDefault(evaluation, evaluation), score < HALF, atMillis);
    }

    void refusal(long atMillis) {
        set(REFUSALS, true, atMillis);
    }

    void risk(String type) {
        risks.add(type);
    }

    private void set(String metric, boolean bad, long atMillis) {
        if (saidAtMillis.merge(metric, atMillis, Math::max) == atMillis) {
            badByMetric.put(metric, bad);
        }
    }

    @Nullable
    Boolean bad(String metric) {
        return badByMetric.get(metric);
    }

    Set<String> risks() {
        return risks;
    }
}
