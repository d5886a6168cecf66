package dev.llmops.quality;

import java.util.ArrayList;
import java.util.List;

/**
 * Meaning of an evaluation's scores: their range, the direction in which they get better, and the score from which an
 * answer is good. The same name means different things in different libraries, so scores are compared only under one
 * name and evaluator.
 *
 * @param name the name, such as {@code faithfulness}
 * @param direction the direction
 * @param min the smallest score
 * @param max the largest score
 * @param threshold the score at which an answer is still good
 * @since 0.1.0
 */
public record EvaluationDefinition(String name, Direction direction, double min, double max, double threshold) {

    private static final double MIDDLE = 0.5;
    private static final String[] HIGHER = {
        "faithfulness",
        "answer_correctness",
        "answer_relevancy",
        "factual_correctness",
        "context_precision",
        "context_recall",
        "context_relevance",
        "response_groundedness",
        "answer_accuracy",
        "tool_call_accuracy",
        "tool_correctness",
        "agent_goal_accuracy",
        "topic_adherence",
        "task_completion",
        "plan_adherence",
        "step_efficiency",
        "correctness",
        "document_relevance",
        "tool_selection",
        "conciseness",
        "g_eval"
    };
    private static final String[] LOWER = {
        "noise_sensitivity", "hallucination", "bias", "toxicity", "misuse", "user_friction"
    };

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the range is empty, or the threshold lies outside of it
     */
    public EvaluationDefinition {
        if (!(min < max) || !(threshold >= min && threshold <= max)) {
            throw new IllegalArgumentException(
                    "evaluation " + name + " must have min < max and its threshold between, but " + "has min " + min
                            + ", max " + max + " and threshold " + threshold);
        }
    }

    /**
     * Returns true if a score is good.
     *
     * @param score the score
     * @return true at or on the better side of the threshold; always true for neutral scores
     */
    public boolean isGood(double score) {
        return switch (direction) {
            case HIGHER_IS_BETTER -> score >= threshold;
            case LOWER_IS_BETTER -> score <= threshold;
            case NEUTRAL -> true;
        };
    }

    /**
     * Returns true if a score lies in the range.
     *
     * @param score the score
     * @return true between min and max
     */
    public boolean isInRange(double score) {
        return score >= min && score <= max;
    }

    /**
     * Returns the definitions of the customary names, with scores in 0..1 and a threshold of 0.5.
     *
     * @return the definitions
     */
    public static List<EvaluationDefinition> standard() {
        List<EvaluationDefinition> definitions = new ArrayList<>();
        for (String name : HIGHER) {
            definitions.add(new EvaluationDefinition(name, Direction.HIGHER_IS_BETTER, 0, 1, MIDDLE));
        }
        for (String name : LOWER) {
            definitions.add(new EvaluationDefinition(name, Direction.LOWER_IS_BETTER, 0, 1, MIDDLE));
        }
        definitions.add(new EvaluationDefinition("refusal", Direction.NEUTRAL, 0, 1, MIDDLE));
        return List.copyOf(definitions);
    }

    /** Direction in which scores get better. */
    public enum Direction {
        /** Larger scores are better. */
        HIGHER_IS_BETTER,
        /** Smaller scores are better. */
        LOWER_IS_BETTER,
        /** Scores describe, and do not judge. */
        NEUTRAL
    }
}
