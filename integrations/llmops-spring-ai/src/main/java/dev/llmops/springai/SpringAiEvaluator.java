package dev.llmops.springai;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Scope;
import dev.llmops.quality.EvaluationDefinition;
import dev.llmops.quality.judge.EvaluationInput;
import dev.llmops.quality.judge.JudgeCalls;
import java.util.Objects;
import org.springframework.ai.document.Document;
import org.springframework.ai.evaluation.EvaluationRequest;
import org.springframework.ai.evaluation.EvaluationResponse;
import org.springframework.ai.evaluation.Evaluator;

/**
 * Asks an evaluator of Spring AI. What its model uses counts for the judge if its client or model is observed. Needs
 * {@code llmops-quality}. Thread-safe if the evaluator is.
 *
 * @since 0.1.0
 */
public final class SpringAiEvaluator implements dev.llmops.quality.judge.Evaluator {

    private final Evaluator evaluator;
    private final EvaluationDefinition definition;
    private final String identity;
    private final String provider;
    private final String model;

    private SpringAiEvaluator(
            Evaluator evaluator, EvaluationDefinition definition, String identity, String provider, String model) {
        this.evaluator = Objects.requireNonNull(evaluator, "evaluator");
        this.definition = Objects.requireNonNull(definition, "definition");
        this.identity = Objects.requireNonNull(identity, "identity");
        this.provider = Objects.requireNonNull(provider, "provider");
        this.model = Objects.requireNonNull(model, "model");
    }

    /**
     * Returns an evaluator.
     *
     * @param evaluator the evaluator of Spring AI; its score of 0 to 1 counts, or 1 for a pass without a score, stretched over
     *     the range of the definition from its bad end to its good one
     * @param definition what is judged, in which range and direction
     * @param identity the judge with its version, such as {@code relevancy-evaluator@1}
     * @param provider who serves its model, such as {@code openai}
     * @param model the model it asks
     * @return the evaluator
     */
    public static SpringAiEvaluator of(
            Evaluator evaluator, EvaluationDefinition definition, String identity, String provider, String model) {
        return new SpringAiEvaluator(evaluator, definition, identity, provider, model);
    }

    @Override
    public EvaluationDefinition definition() {
        return definition;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public Judgement evaluate(EvaluationInput input, JudgeCalls calls) {
        EvaluationRequest request = new EvaluationRequest(
                input.question(), input.contexts().stream().map(Document::new).toList(), input.answer());
        LlmCall call = calls.call(provider, model).start();
        try (Scope scope = call.makeCurrent()) {
            EvaluationResponse response = evaluator.evaluate(request);
            call.endOnce(null);
            return new Judgement(score(response), response.isPass() ? "pass" : "fail", response.getFeedback());
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        }
    }

    /** Some evaluators say only that an answer passes, and leave its score at 0. */
    private double score(EvaluationResponse response) {
        double ratio = response.isPass() && response.getScore() == 0 ? 1 : response.getScore();
        double range = definition.max() - definition.min();
        return definition.direction() == EvaluationDefinition.Direction.LOWER_IS_BETTER
                ? definition.max() - ratio * range
                : definition.min() + ratio * range;
    }
}
