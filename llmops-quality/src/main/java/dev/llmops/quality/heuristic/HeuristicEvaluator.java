package dev.llmops.quality.heuristic;

import dev.llmops.quality.EvaluationDefinition;
import dev.llmops.quality.judge.EvaluationInput;
import dev.llmops.quality.judge.Evaluator;
import dev.llmops.quality.judge.JudgeCalls;

/**
 * The heuristics as an evaluator, named as such, so that its scores are not mistaken for those of a judge.
 *
 * @since 0.1.0
 */
public final class HeuristicEvaluator implements Evaluator {

    /** The name of the evaluation. */
    public static final String NAME = "heuristic_quality";

    private static final EvaluationDefinition DEFINITION = new EvaluationDefinition(
            NAME, EvaluationDefinition.Direction.HIGHER_IS_BETTER, 0, 1, HeuristicScore.LOW_UNDER);

    /** Creates the evaluator. */
    public HeuristicEvaluator() {}

    @Override
    public EvaluationDefinition definition() {
        return DEFINITION;
    }

    @Override
    public String identity() {
        return "heuristic@1";
    }

    @Override
    public Judgement evaluate(EvaluationInput input, JudgeCalls calls) {
        HeuristicScore score = Heuristics.score(input.answer());
        return new Judgement(score.score(), score.isLow() ? "low" : "ok", null);
    }
}
