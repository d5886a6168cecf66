package dev.llmops.quality.judge;

import dev.llmops.quality.EvaluationDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Scores answers: by a model, by code, or by another library. Must be safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface Evaluator {

    /**
     * Score of an answer.
     *
     * @param score the score, in the range of the definition
     * @param label a verdict in a word, or null
     * @param explanation free text that may quote content, or null
     */
    record Judgement(
            double score, @Nullable String label, @Nullable String explanation) {

        /**
         * Returns a score without words.
         *
         * @param score the score
         * @return the judgement
         */
        public static Judgement of(double score) {
            return new Judgement(score, null, null);
        }
    }

    /**
     * Returns what is judged, in which range and direction.
     *
     * @return the definition
     */
    EvaluationDefinition definition();

    /**
     * Returns the identity of the judge with its version, such as {@code faithfulness-judge@3}. A new rubric, prompt or
     * model is a new version.
     *
     * @return the identity
     */
    String identity();

    /**
     * Scores an answer. Calls of models must start from {@link JudgeCalls}, so that their cost is known as the judge's.
     *
     * @param input the answer with its question
     * @param calls starts calls of the judge
     * @return the score
     * @throws Exception if the judge fails; a failure is no bad answer
     */
    Judgement evaluate(EvaluationInput input, JudgeCalls calls) throws Exception;
}
