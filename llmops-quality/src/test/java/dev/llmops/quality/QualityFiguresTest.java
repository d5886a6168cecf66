package dev.llmops.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualityFiguresTest {

    @Test
    void the_interval_is_wilsons() {
        Rate rate = new Rate(95, 100);
        assertThat(rate.lower()).isCloseTo(0.888, within(5e-4));
        assertThat(rate.upper()).isCloseTo(0.978, within(5e-4));
        assertThat(rate).hasToString("0.9500 [0.8882, 0.9785] (95 of 100)");
    }

    @Test
    void a_hundred_answers_cannot_decide_a_target_of_95_percent() {
        Rate thousand = new Rate(950, 1_000);
        assertThat(thousand.lower()).isCloseTo(0.935, within(5e-4));
        assertThat(thousand.upper()).isCloseTo(0.962, within(5e-4));
        assertThat(new Rate(95, 100).lower()).isLessThan(.95);
    }

    @Test
    void a_published_share_of_143_judgements_has_this_interval() {
        assertThat(new Rate(126, 143)).hasToString("0.8811 [0.8179, 0.9244] (126 of 143)");
    }

    @Test
    void under_thirty_events_there_is_too_little_data() {
        assertThat(new Rate(1, 29)).hasToString("insufficient data (1 of 29)");
        assertThat(Rate.NONE.ratio()).isNaN();
        assertThat(Rate.NONE.upper()).isEqualTo(1);
    }

    @Property
    void the_interval_encloses_the_rate(
            @ForAll @IntRange(max = 500) int count, @ForAll @IntRange(max = 500) int others) {
        Rate rate = new Rate(count, count + others);
        assertThat(rate.total() == 0 || (rate.lower() <= rate.ratio() + 1e-12 && rate.ratio() <= rate.upper() + 1e-12))
                .isTrue();
    }

    @Test
    void a_count_over_its_total_is_an_error() {
        assertThatThrownBy(() -> new Rate(3, 2))
                .hasMessage("count is out of range (3 of 2) — 0 to total — count a case in both or in none");
    }

    @Test
    void a_summary_has_the_t_interval_of_its_mean() {
        ScoreSummary summary = ScoreSummary.NONE;
        for (double score : new double[] {1, 2, 3, 4, 5}) {
            summary = summary.plus(score);
        }
        assertThat(summary.mean()).isEqualTo(3);
        assertThat(summary.standardDeviation()).isCloseTo(Math.sqrt(2.5), within(1e-12));
        assertThat(summary.halfWidth()).isCloseTo(1.9632432, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, but I can't help with that.",
                "I cannot assist with this request.",
                "Sorry, I am unable to provide medical advice.",
                "As an AI language model, I cannot answer.",
                "抱歉，我无法提供这些信息。",
                "我不能帮助你完成这个请求。"
            })
    void phrases_of_refusal_are_recognised(String answer) {
        assertThat(RefusalKind.isTextRefusal(answer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sorry for the delay: the train leaves at 8.",
                "You can't help but smile.",
                "That would be inappropriate or harmful, said the judge.",
                "很抱歉让您久等了，您的订单已发货。"
            })
    void ordinary_answers_are_no_refusals(String answer) {
        assertThat(RefusalKind.isTextRefusal(answer)).isFalse();
    }

    @Test
    void abnormal_inputs_are_told_apart() {
        InputCheck check = new InputCheck(1_000);
        assertThat(check.abnormality("Will it rain in Paris?")).isNull();
        assertThat(check.abnormality(" \n")).isEqualTo("empty");
        assertThat(check.abnormality("a b ".repeat(300))).isEqualTo("too_long");
        assertThat(check.abnormality("\u0000\u0001\u0002 hello")).isEqualTo("control_characters");
        assertThat(check.abnormality("a".repeat(60))).isEqualTo("repetition");
    }

    @Test
    void values_out_of_range_are_errors() {
        assertThatThrownBy(() -> Feedback.rating("r", 6, 5))
                .hasMessage("rating is out of range (6 of 5) — 1 to outOf, which is 2 or more — pass whole stars");
        assertThatThrownBy(() -> BusinessOutcome.of("r", BusinessOutcome.Kind.NPS, 11.0))
                .hasMessage("nps is out of range (11.0) — 0 to 10 — pass it in the unit of its kind");
        assertThatThrownBy(() -> new EvaluationDefinition("x", EvaluationDefinition.Direction.NEUTRAL, 1, 1, 1))
                .hasMessageContaining("min 1.0, max 1.0");
    }
}
