package dev.llmops.quality.judge;

import dev.llmops.core.record.CallInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer to judge.
 *
 * @param call the facts of the call that answered, or null for an answer from a file
 * @param question what was asked
 * @param answer what was answered
 * @param contexts the documents on which the answer should rest, empty when unknown
 * @since 0.1.0
 */
public record EvaluationInput(@Nullable CallInfo call, String question, String answer, List<String> contexts) {

    /** Copies the list. */
    public EvaluationInput {
        contexts = List.copyOf(contexts);
    }

    /**
     * Returns an answer from a file.
     *
     * @param question what was asked
     * @param answer what was answered
     * @return the input
     */
    public static EvaluationInput of(String question, String answer) {
        return new EvaluationInput(null, question, answer, List.of());
    }

    /** Says how long the texts are, never what they say. */
    @Override
    public String toString() {
        return "EvaluationInput[question=" + question.length() + " characters, answer=" + answer.length()
                + " characters]";
    }
}
