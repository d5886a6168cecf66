package dev.llmops.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.endings.Answer;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScriptedProvider;
import dev.llmops.quality.EvaluationDefinition;
import dev.llmops.quality.judge.EvaluationInput;
import dev.llmops.quality.judge.Evaluator.Judgement;
import dev.llmops.quality.judge.JudgeCalls;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.evaluation.RelevancyEvaluator;
import org.springframework.ai.document.Document;
import org.springframework.ai.evaluation.EvaluationResponse;
import org.springframework.ai.evaluation.Evaluator;

class SpringAiEvaluatorTest {

    private static final EvaluationDefinition RELEVANCE =
            new EvaluationDefinition("context_relevance", EvaluationDefinition.Direction.HIGHER_IS_BETTER, 0, 1, .5);

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().detectVersions(false).listener(seen).build();
    private final EvaluationInput input =
            new EvaluationInput(null, "Will it rain?", "Yes.", List.of("Rain is expected."));

    private Judgement judged(Evaluator evaluator, EvaluationDefinition definition) throws Exception {
        return SpringAiEvaluator.of(evaluator, definition, "judge@1", "openai", Answer.OPENAI_MODEL)
                .evaluate(input, new JudgeCalls(llmops));
    }

    @ParameterizedTest
    @CsvSource({"true, 0, 1, 0", "true, 0.75, 0.75, 0.25", "false, 0, 0, 1", "false, 0.25, 0.25, 0.75"})
    void a_score_is_stretched_from_the_bad_end_to_the_good_one(
            boolean pass, float score, double relevance, double hallucination) throws Exception {
        Evaluator evaluator = request -> new EvaluationResponse(pass, score, "because", Map.of());

        assertThat(judged(evaluator, RELEVANCE)).isEqualTo(new Judgement(relevance, pass ? "pass" : "fail", "because"));
        assertThat(judged(
                                evaluator,
                                new EvaluationDefinition(
                                        "hallucination", EvaluationDefinition.Direction.LOWER_IS_BETTER, 0, 1, .5))
                        .score())
                .isEqualTo(hallucination);
    }

    @Test
    void question_contexts_and_answer_are_handed_on() throws Exception {
        Evaluator evaluator = request -> new EvaluationResponse(
                request.getUserText().equals("Will it rain?")
                        && request.getResponseContent().equals("Yes.")
                        && request.getDataList().stream()
                                .map(Document::getText)
                                .toList()
                                .equals(List.of("Rain is expected.")),
                "",
                Map.of());

        assertThat(judged(evaluator, RELEVANCE).score()).isEqualTo(1);
    }

    /** The example of docs/spring-ai.md. */
    @Test
    void the_example_of_the_guide() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE)) {
            ChatClient.Builder clientBuilder = ChatClient.builder(new OpenAi(Ending.COMPLETE, provider.uri()).model);
            dev.llmops.quality.judge.Evaluator evaluator = SpringAiEvaluator.of(
                    new RelevancyEvaluator(clientBuilder),
                    new EvaluationDefinition(
                            "context_relevance", EvaluationDefinition.Direction.HIGHER_IS_BETTER, 0, 1, 0.5),
                    "relevancy-evaluator@1",
                    "openai",
                    "gpt-4o");

            assertThat(evaluator.evaluate(input, new JudgeCalls(llmops)).score())
                    .isZero();
            assertThat(seen.onlyRecord().info().requestModel()).isEqualTo("gpt-4o");
        }
    }

    @Test
    void what_an_observed_client_uses_counts_once_and_for_the_judge() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE)) {
            OpenAi openAi = new OpenAi(Ending.COMPLETE, provider.uri());
            ChatClient.Builder client = ChatClient.builder(openAi.model).defaultAdvisors(new LlmOpsAdvisor(llmops));

            Judgement judgement = judged(new RelevancyEvaluator(client), RELEVANCE);

            assertThat(judgement.label()).isEqualTo("fail");
            assertThat(seen.onlyRecord().info().purpose()).isEqualTo(JudgeCalls.PURPOSE);
            assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(seen.onlyRecord().usage().cachedInputTokens()).isEqualTo(Answer.CACHED_TOKENS);
        }
    }

    @Test
    void a_judge_that_fails_scores_nothing() {
        Evaluator evaluator = request -> {
            throw new IllegalStateException("down");
        };
        assertThatThrownBy(() -> judged(evaluator, RELEVANCE)).hasMessage("down");
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.FAILED);
    }
}
