package dev.llmops.langchain4j;

import dev.langchain4j.model.decision.DecisionModel;
import dev.langchain4j.model.decision.request.DecisionRequest;
import dev.langchain4j.model.decision.request.Question;
import dev.langchain4j.model.decision.request.ScaleQuestion;
import dev.langchain4j.model.decision.request.YesNoQuestion;
import dev.langchain4j.model.decision.response.DecisionResponse;
import dev.llmops.core.LlmCall;
import dev.llmops.core.Scope;
import dev.llmops.langchain4j.internal.Usages;
import dev.llmops.quality.EvaluationDefinition;
import dev.llmops.quality.judge.EvaluationInput;
import dev.llmops.quality.judge.Evaluator;
import dev.llmops.quality.judge.JudgeCalls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Asks a decision model, which LangChain4j has from 1.23 on, one question on each answer. The model sees the fields
 * {@code question}, {@code answer} and {@code contexts}; its calls are those of the judge. Needs {@code llmops-quality}.
 * Thread-safe if the model is.
 *
 * @since 0.1.0
 */
public final class DecisionEvaluator implements Evaluator {

    private static final String VERDICT = "verdict";

    private final DecisionModel model;
    private final Question question;
    private final EvaluationDefinition definition;
    private final String identity;

    private DecisionEvaluator(
            DecisionModel model, Question question, EvaluationDefinition definition, String identity) {
        if (!(question instanceof YesNoQuestion || question instanceof ScaleQuestion)) {
            throw new IllegalArgumentException("the question has no score ("
                    + question.getClass().getSimpleName()
                    + ") — a yes-no question or a scale has one — make a scale of the options, the worst first");
        }
        this.model = Objects.requireNonNull(model, "model");
        this.question = question;
        this.definition = Objects.requireNonNull(definition, "definition");
        this.identity = Objects.requireNonNull(identity, "identity");
    }

    /**
     * Returns an evaluator.
     *
     * @param model the model
     * @param question a yes-no question, whose probability of yes is the score, or a scale, from its first level to its last;
     *     both are stretched over the range of the definition
     * @param definition what is judged, in which range and direction
     * @param identity the judge with its version, such as {@code faithfulness-judge@3}
     * @return the evaluator
     * @throws IllegalArgumentException if the question is of another kind
     */
    public static DecisionEvaluator of(
            DecisionModel model, Question question, EvaluationDefinition definition, String identity) {
        return new DecisionEvaluator(model, question, definition, identity);
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
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("question", input.question());
        fields.put("answer", input.answer());
        if (!input.contexts().isEmpty()) {
            fields.put("contexts", input.contexts());
        }
        DecisionRequest request = DecisionRequest.builder()
                .inputFields(fields)
                .question(VERDICT, question)
                .build();
        String name = model.modelName() == null ? Calls.UNKNOWN_MODEL : model.modelName();
        LlmCall call = calls.call(Providers.name(model.provider()), name).start();
        try (Scope scope = call.makeCurrent()) {
            DecisionResponse response = model.decide(request);
            read(response, call);
            Judgement judgement = Judgement.of(score(response));
            call.endOnce(null);
            return judgement;
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        }
    }

    private static void read(DecisionResponse response, LlmCall call) {
        if (response.modelName() != null) {
            call.responseModel(response.modelName());
        }
        if (response.tokenUsage() != null) {
            call.usage(Usages.of(response.tokenUsage()));
        }
    }

    /** A refusal scores nothing: the judge has failed, which says nothing of the answer. */
    private double score(DecisionResponse response) {
        if (response.isRefused(VERDICT)) {
            throw new IllegalStateException("the judge refused to answer (" + identity
                    + ") — such answers stay unjudged — ask another judge if there are many");
        }
        double ratio = question instanceof ScaleQuestion scale
                ? response.scale(VERDICT).mean() / (scale.levels().size() - 1)
                : response.yesNo(VERDICT).probability();
        return definition.min() + ratio * (definition.max() - definition.min());
    }
}
