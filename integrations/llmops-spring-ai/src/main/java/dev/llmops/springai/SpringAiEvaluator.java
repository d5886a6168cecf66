package dev.llmops.springai;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Scope;
import dev.llmops.quality.Direction;
import dev.llmops.quality.EvaluationDefinition;
import dev.llmops.quality.judge.EvaluationInput;
import dev.llmops.quality.judge.JudgeCalls;
import java.util.Objects;
import org.springframework.ai.document.Document;
import org.springframework.ai.evaluation.EvaluationRequest;
import org.springframework.ai.evaluation.EvaluationResponse;
import org.springframework.ai.evaluation.Evaluator;

/** Asks an evaluator of Spring AI; calls of its observed client join the judge's. */
final class SpringAiEvaluator implements dev.llmops.quality.judge.Evaluator {

    private final Evaluator evaluator;
    private final EvaluationDefinition definition;
    private final String identity;
    private final String provider;
    private final String model;

    SpringAiEvaluator(
            Evaluator evaluator, EvaluationDefinition definition, String identity, String provider, String model) {
        this.evaluator = Objects.requireNonNull(evaluator, "evaluator");
        this.definition = Objects.requireNonNull(definition, "definition");
        this.identity = Objects.requireNonNull(identity, "identity");
        this.provider = Objects.requireNonNull(provider, "provider");
        this.model = Objects.requireNonNull(model, "model");
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
        return definition.direction() == Direction.LOWER_IS_BETTER
                ? definition.max() - ratio * range
                : definition.min() + ratio * range;
    }
}
