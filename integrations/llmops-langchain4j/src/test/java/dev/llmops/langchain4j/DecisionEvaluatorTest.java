package dev.llmops.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.decision.DecisionModel;
import dev.langchain4j.model.decision.request.ChoiceQuestion;
import dev.langchain4j.model.decision.request.DecisionRequest;
import dev.langchain4j.model.decision.request.FieldsInput;
import dev.langchain4j.model.decision.request.Question;
import dev.langchain4j.model.decision.request.ScaleQuestion;
import dev.langchain4j.model.decision.request.YesNoQuestion;
import dev.langchain4j.model.decision.response.DecisionAnswer;
import dev.langchain4j.model.decision.response.DecisionResponse;
import dev.langchain4j.model.decision.response.RefusalAnswer;
import dev.langchain4j.model.decision.response.ScaleAnswer;
import dev.langchain4j.model.decision.response.YesNoAnswer;
import dev.langchain4j.model.output.TokenUsage;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.quality.EvaluationDefinition;
import dev.llmops.quality.judge.EvaluationInput;
import dev.llmops.quality.judge.Evaluator;
import dev.llmops.quality.judge.JudgeCalls;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decision models as judges, which LangChain4j has from 1.23 on. */
class DecisionEvaluatorTest {

    private static final EvaluationDefinition FAITHFULNESS =
            new EvaluationDefinition("faithfulness", EvaluationDefinition.Direction.HIGHER_IS_BETTER, 0, 1, .5);
    private static final YesNoQuestion GROUNDED = YesNoQuestion.from("Does the answer rest on the contexts alone?");

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().detectVersions(false).listener(seen).build();
    private final EvaluationInput input =
            new EvaluationInput(null, "Will it rain?", "Yes.", List.of("Rain is expected."));

    /** A model that gives one answer to every question. */
    private static final class Scripted implements DecisionModel {

        private final DecisionAnswer answer;
        private DecisionRequest asked = DecisionRequest.builder()
                .input("nothing yet")
                .question("none", GROUNDED)
                .build();

        Scripted(DecisionAnswer answer) {
            this.answer = answer;
        }

        @Override
        public DecisionResponse doDecide(DecisionRequest request) {
            asked = request;
            return DecisionResponse.builder()
                    .answer("verdict", answer)
                    .modelName("judge-2026-11")
                    .tokenUsage(new TokenUsage(120, 1))
                    .build();
        }

        @Override
        public ModelProvider provider() {
            return ModelProvider.OPEN_AI;
        }

        @Override
        public String modelName() {
            return "judge";
        }
    }

    private double score(DecisionAnswer answer, Question question, EvaluationDefinition definition) throws Exception {
        return DecisionEvaluator.of(new Scripted(answer), question, definition, "judge@3")
                .evaluate(input, new JudgeCalls(llmops))
                .score();
    }

    @Test
    void the_probability_of_yes_is_the_score_and_the_call_is_the_judge_s() throws Exception {
        Scripted model = new Scripted(YesNoAnswer.from(.75));
        Evaluator evaluator = DecisionEvaluator.of(model, GROUNDED, FAITHFULNESS, "judge@3");

        assertThat(evaluator.evaluate(input, new JudgeCalls(llmops)).score()).isEqualTo(.75);
        assertThat(evaluator.identity()).isEqualTo("judge@3");
        assertThat(evaluator.definition()).isEqualTo(FAITHFULNESS);
        assertThat(((FieldsInput) model.asked.input()).fields())
                .containsEntry("question", "Will it rain?")
                .containsEntry("answer", "Yes.")
                .containsEntry("contexts", List.of("Rain is expected."));
        assertThat(seen.onlyRecord().info().purpose()).isEqualTo(JudgeCalls.PURPOSE);
        assertThat(seen.onlyRecord().info().provider()).isEqualTo("openai");
        assertThat(seen.onlyRecord().responseModel()).isEqualTo("judge-2026-11");
        assertThat(seen.onlyRecord().usage().inputTokens()).hasValue(120);
    }

    /** The example of docs/langchain4j.md. */
    @Test
    void the_example_of_the_guide() throws Exception {
        DecisionModel decisionModel = new Scripted(YesNoAnswer.from(.9));
        Evaluator evaluator = DecisionEvaluator.of(
                decisionModel,
                YesNoQuestion.from("Does the answer rest on the contexts alone?"),
                new EvaluationDefinition("faithfulness", EvaluationDefinition.Direction.HIGHER_IS_BETTER, 0, 1, 0.5),
                "faithfulness-judge@3");

        assertThat(evaluator.evaluate(input, new JudgeCalls(llmops)).score()).isEqualTo(.9);
    }

    @Test
    void a_scale_is_stretched_over_the_range() throws Exception {
        ScaleQuestion scale = ScaleQuestion.from("How complete?", List.of("not", "partly", "mostly", "fully"));
        DecisionAnswer answer = ScaleAnswer.builder().mean(1.5).build();

        assertThat(score(answer, scale, FAITHFULNESS)).isEqualTo(.5);
        assertThat(score(
                        answer,
                        scale,
                        new EvaluationDefinition(
                                "completeness", EvaluationDefinition.Direction.HIGHER_IS_BETTER, 1, 5, 3)))
                .isEqualTo(3);
    }

    @Test
    void a_refusal_scores_nothing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> score(RefusalAnswer.of(), GROUNDED, FAITHFULNESS))
                .withMessageStartingWith("the judge refused to answer (judge@3) — ");
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(seen.onlyRecord().usage().inputTokens()).hasValue(120);
    }

    @Test
    void a_choice_has_no_score() {
        ChoiceQuestion choice = ChoiceQuestion.from("Which?", List.of("a", "b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> score(YesNoAnswer.from(1), choice, FAITHFULNESS))
                .withMessageStartingWith("the question has no score (ChoiceQuestion) — ");
    }
}
