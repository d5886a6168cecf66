package dev.llmops.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.Threads;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelLimiterTest {

    private final Telemetry telemetry = new Telemetry();

    private long overflow() {
        return telemetry.value(Telemetry.Kind.LABEL_OVERFLOW, "model");
    }

    @Test
    void the_first_values_keep_their_name_and_the_rest_are_other_and_counted() {
        LabelLimiter limiter = new LabelLimiter("model", 2, telemetry);
        assertThat(List.of("a", "b", "c", "a", "d", "b"))
                .map(limiter::limit)
                .containsExactly("a", "b", "other", "a", "other", "b");
        assertThat(overflow()).isEqualTo(2);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t"})
    void a_value_that_nobody_stated_is_unknown_and_takes_no_place(String value) {
        LabelLimiter limiter = new LabelLimiter("model", 1, telemetry);
        assertThat(limiter.limit(value)).isEqualTo("unknown");
        assertThat(limiter.limit("a")).isEqualTo("a");
    }

    @Test
    void values_that_are_one_in_utf_8_are_one_value() {
        LabelLimiter limiter = new LabelLimiter("model", 1, telemetry);
        assertThat(List.of("m\uD800", "m\uDC00", "m\uFFFD")).map(limiter::limit).containsOnly("m\uFFFD");
        assertThat(overflow()).isZero();
    }

    @Test
    void a_limit_below_one_is_refused() {
        assertThatThrownBy(() -> new LabelLimiter("model", 0, telemetry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labelLimit.model is too small (0) — at least 1 is allowed — pass e.g. 100");
    }

    @Test
    void racing_threads_get_one_answer_for_each_value_and_fill_every_place() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            LabelLimiter limiter = new LabelLimiter("model", 3, telemetry);
            Set<String> answers = ConcurrentHashMap.newKeySet();
            Threads.race(4, thread -> {
                for (int i = 0; i < 6; i++) {
                    String value = "v" + (i + thread) % 6;
                    answers.add(value + "=" + limiter.limit(value));
                }
            });
            assertThat(answers.stream().filter(answer -> !answer.endsWith("other")))
                    .hasSize(3);
            assertThat(answers).hasSize(6);
        }
    }
}
