package dev.llmops.release.evidence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the judgements on a call after its end. Of each metric, and of each judge, the latest one counts. */
final class CallVerdicts implements CallTable.Judgements {

    static final String BAD_ANSWERS = "bad_answers";
    static final String REFUSALS = "refusals";

    /** The evaluator whose scores are labels by people; feedback is one too. */
    static final String PEOPLE = "people";

    private static final double HALF = .5;
    /** Evaluations whose names differ from the metric that they decide; all scores are better when higher. */
    private static final Map<String, String> METRICS =
            Map.of("answer_quality", BAD_ANSWERS, "contract", "contract_failures");

    /** Those of a call of which nothing was said; not to be changed. */
    static final CallVerdicts NONE = new CallVerdicts();

    private final Map<Said, Verdict> verdicts = new HashMap<>();
    private final Set<String> risks = new HashSet<>();

    /** Names the judge of a metric; an empty name stands for the latest judgement of all. */
    private record Said(String metric, String by) {}

    private record Verdict(boolean bad, long atMillis) {}

    @Override
    public void feedback(boolean down, long atMillis) {
        set(BAD_ANSWERS, PEOPLE, down, atMillis);
    }

    @Override
    public void evaluation(String evaluation, double score, @Nullable String evaluator, long atMillis) {
        set(METRICS.getOrDefault(evaluation, evaluation), evaluator, score < HALF, atMillis);
    }

    @Override
    public void refusal(long atMillis) {
        set(REFUSALS, null, true, atMillis);
    }

    @Override
    public void risk(String type) {
        risks.add(type);
    }

    private void set(String metric, @Nullable String by, boolean bad, long atMillis) {
        Verdict verdict = new Verdict(bad, atMillis);
        verdicts.merge(new Said(metric, ""), verdict, CallVerdicts::later);
        if (by != null && !by.isEmpty()) {
            verdicts.merge(new Said(metric, by), verdict, CallVerdicts::later);
        }
    }

    private static Verdict later(Verdict one, Verdict other) {
        return other.atMillis() >= one.atMillis() ? other : one;
    }

    /** Says whether the latest judgement was bad; null without one. */
    @Nullable
    Boolean bad(String metric) {
        return bad(metric, "");
    }

    @Nullable
    Boolean bad(String metric, String by) {
        Verdict verdict = verdicts.isEmpty() ? null : verdicts.get(new Said(metric, by));
        return verdict == null ? null : verdict.bad();
    }

    /** The automatic judges that said something of a metric. */
    Set<String> judges(String metric) {
        if (verdicts.isEmpty()) {
            return Set.of();
        }
        Set<String> judges = Set.of();
        for (Said said : verdicts.keySet()) {
            if (said.metric().equals(metric)
                    && !said.by().isEmpty()
                    && !said.by().equals(PEOPLE)) {
                judges = judges.isEmpty() ? new HashSet<>() : judges;
                judges.add(said.by());
            }
        }
        return judges;
    }

    Set<String> risks() {
        return risks;
    }
}
