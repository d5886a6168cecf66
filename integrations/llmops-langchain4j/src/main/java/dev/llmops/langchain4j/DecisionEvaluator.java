package dev.llmops.langchain4j;

import dev.langchain4j.model.decision.DecisionModel;
import dev.langchain4j.model.decision.request.DecisionRequest;
import dev.langchain4j.model.decision.request.Question;
import dev.langchain4j.model.decision.request.ScaleQuestion;
import dev.langchain4j.model.decision.request.YesNoQuestion;
import dev.langchain4j.model.decision.response.DecisionResponse;
import dev.llmops.core.LlmCall;
import dev.llmops.core.Scope;
import dev.llmops.quality.EvaluationDefinition;
import dev.llmops.quality.judge.EvaluationInput;
import dev.llmops.quality.judge.Evaluator;
import dev.llmops.quality.judge.JudgeCalls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Asks a decision model one question on each answer; its calls are the judge's. */
final class DecisionEvaluator implements Evaluator {

    private static final String VERDICT = "verdict";

    private final DecisionModel model;
    private final Question question;
    private final EvaluationDefinition definition;
    private final String identity;

    DecisionEvaluator(DecisionModel model, Question question, EvaluationDefinition definition, String identity) {
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
