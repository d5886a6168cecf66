package dev.llmops.quality.heuristic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.Operation;
import dev.llmops.quality.Rate;
import dev.llmops.quality.judge.EvaluationInput;
import dev.llmops.quality.judge.JudgeCalls;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeuristicsTest {

    private final HeuristicMonitor monitor = new HeuristicMonitor();
    private final LlmOps llmops = LlmOps.builder()
            .listener(monitor)
            .contentPolicy(ContentPolicy.builder().captureContent(true).build())
            .detectVersions(false)
            .build();

    @Test
    void a_plain_answer_has_the_best_score() {
        assertThat(Heuristics.score("The train leaves at 8 o'clock.").score()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "I think it might be raining there., 2",
        "Perhaps. I'm not sure about that., 2",
        "我不太确定，可能会下雨。, 2",
        "The president will speak tomorrow., 0"
    })
    void uncertain_phrases_are_counted(String answer, int expected) {
        assertThat(Heuristics.score(answer).uncertaintyPhrases()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Exactly 73.482 % of users agree., 1",
        "准确率为 98.76％。, 1",
        "Pi is about 3.1415926., 1",
        "About 73 % agree and it costs 12.50 euros., 0",
        "Version 1.2.34567 is out., 0"
    })
    void over_precise_figures_are_counted(String answer, int expected) {
        assertThat(Heuristics.score(answer).overPreciseFigures()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"You are an idiot., 1", "你真是个白痴。, 1", "The stupidity of war., 0"})
    void toxic_words_are_counted(String answer, int expected) {
        assertThat(Heuristics.score(answer).toxicWords()).isEqualTo(expected);
    }

    @Test
    void code_is_counted_and_not_read_as_prose() {
        HeuristicScore score = Heuristics.score("See:\n```\nmaybe = 1.2345678\n```\nand https://a.example/b).");
        assertThat(score.codeBlocks()).isEqualTo(1);
        assertThat(score.links()).isEqualTo(1);
        assertThat(score.uncertaintyPhrases() + score.overPreciseFigures()).isZero();
    }

    @Test
    void penalties_add_up() {
        HeuristicScore score = Heuristics.score("Maybe 12.345 %, perhaps, possibly, probably, you idiot.");
        assertThat(score.score()).isCloseTo(1 - 0.3 - 0.1 - 0.5, within(1e-12));
        assertThat(score.isLow()).isTrue();
    }

    @Property
    void the_score_stays_between_0_and_1(@ForAll String answer) {
        assertThat(Heuristics.score(answer).score()).isBetween(0.0, 1.0);
    }

    private void answered(String answer) {
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
        call.output(answer);
        call.finish("stop");
    }

    @Test
    void answers_are_summarised_by_version() {
        answered("The train leaves at 8 o'clock.");
        answered("Maybe you idiot.");
        HeuristicMonitor.Summary summary = monitor.summaries().get("none");

        assertThat(summary.low()).isEqualTo(new Rate(1, 2));
        assertThat(summary.toxic()).isEqualTo(new Rate(1, 2));
        assertThat(summary.scores().mean()).isCloseTo(0.7, within(1e-12));
        assertThat(summary.lengths().mean()).isEqualTo(23);
    }

    @Test
    void as_an_evaluator_it_is_named_as_heuristic() {
        HeuristicEvaluator evaluator = new HeuristicEvaluator();
        assertThat(evaluator.identity()).isEqualTo("heuristic@1");
        assertThat(evaluator
                        .evaluate(EvaluationInput.of("?", "You idiot!"), new JudgeCalls(llmops))
                        .label())
                .isEqualTo("low");
    }
}
