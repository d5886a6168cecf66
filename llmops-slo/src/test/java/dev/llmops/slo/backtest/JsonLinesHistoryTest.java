package dev.llmops.slo.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesHistoryTest {

    private static final String TIME = "{\"timestamp\":\"2026-01-01T00:00:10Z\",";

    private static JsonLinesHistory.Result read(Indicator indicator, String line) {
        Objective objective =
                Objective.builder("answers").indicator(indicator).target(0.99).build();
        return JsonLinesHistory.read(objective, Stream.of(line), Duration.ofMinutes(1));
    }

    private static String summary(JsonLinesHistory.Result result) {
        if (result.unreadable() > 0) {
            return "unreadable";
        }
        Counts counts = result.history().steps().getOrDefault(Instant.parse("2026-01-01T00:01:00Z"), Counts.NONE);
        return counts.isEmpty() ? "no event" : counts.bad() == 0 ? "good" : "bad";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"total": 2000}                      | good
            {"total": 2000.0001}                 | bad
            {"total": "2500"}                    | bad
            {"total": 0}                         | good
            {"total": 1e300}                     | bad
            {"total": -5}                        | unreadable
            {"total": null}                      | unreadable
            {"total": "soon"}                    | unreadable
            {"first_token": 3}                   | unreadable
            1999                                 | good
            "2001"                               | bad
            null                                 | unreadable
            """)
    void a_latency_that_cannot_be_read_is_no_fast_answer(String latency, String judged) {
        String line = TIME + "\"status\":\"success\",\"latency_ms\":" + latency + "}";

        assertThat(summary(read(Indicator.latency(Duration.ofSeconds(2)), line)))
                .isEqualTo(judged);
        assertThat(summary(read(
                        Indicator.goodput(Indicator.availability(), Indicator.latency(Duration.ofSeconds(2))), line)))
                .isEqualTo(judged);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "status": "success"   | good
            "status": "error"     | bad
            "status": "timeout"   | bad
            "status": "rejected"  | no event
            "status": "cancelled" | no event
            "status": "SUCCESS"   | unreadable
            "status": null        | unreadable
            """)
    void who_does_not_ask_for_latency_needs_none(String field, String judged) {
        assertThat(summary(read(Indicator.availability(), TIME + field + "}"))).isEqualTo(judged);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1      | good
            null   | good
            0      | unreadable
            -1     | unreadable
            1.5    | unreadable
            "1"    | unreadable
            """)
    void a_share_of_calls_that_is_none_makes_its_line_unreadable(String rate, String judged) {
        String line = TIME + "\"status\":\"success\",\"sample_rate\":" + rate + "}";

        assertThat(summary(read(Indicator.availability(), line))).isEqualTo(judged);
    }

    @Test
    void a_sampled_log_is_refused() {
        assertThatThrownBy(() -> read(Indicator.availability(), TIME + "\"status\":\"error\",\"sample_rate\":0.1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the log is sampled (sample_rate 0.1) — a sampled log keeps failures and drops successes"
                        + " — log every call, or read Prometheus");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "score": 0.8     | good       | bad
            "score": 0.79999 | bad        | bad
            "score": "0.9"   | good       | bad
            "score": 1       | good       | good
            "score": 5       | good       | unreadable
            "score": -1      | bad        | unreadable
            "score": null    | unreadable | unreadable
            "score": true    | unreadable | unreadable
            "score": "NaN"   | unreadable | unreadable
            "score": "high"  | unreadable | unreadable
            "label": "good"  | unreadable | unreadable
            """)
    void a_judge_that_gave_no_score_says_nothing_of_the_answer(String field, String share, String mean) {
        String line = TIME + "\"evaluation\":\"faithfulness\"," + field + "}";

        assertThat(summary(read(Indicator.score("faithfulness", 0.8), line))).isEqualTo(share);
        assertThat(summary(read(Indicator.meanScore("faithfulness"), line))).isEqualTo(mean);
    }
}
