package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.core.version.VersionSet;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LlmOpsBuilderTest {

    @Test
    void every_broken_rule_is_named_with_its_value_and_remedy_all_at_once() {
        LlmOpsBuilder builder =
                LlmOps.builder().abandonAfter(Duration.ofNanos(999_999)).recentCalls(-1, Duration.ZERO);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        abandonAfter is too short (PT0.000999999S) — at least PT0.001S is allowed — pass e.g. PT1H
                        recentCalls maxAge is too short (PT0S) — at least PT0.000000001S is allowed — pass e.g. PT24H
                        recentCalls is out of range (-1) — 0 to 10000000 is allowed — pass 0 to keep none""");
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless caller does
    void everything_missing_is_named_at_once() {
        LlmOpsBuilder builder = LlmOps.builder()
                .versionSet(null)
                .errorClassifier(null)
                .ticker(null)
                .clock(null)
                .telemetry(null)
                .listener(null)
                .enricher(null)
                .abandonAfter(null)
                .recentCalls(1, null);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "versionSet is null",
                        "errorClassifier is null",
                        "ticker is null",
                        "clock is null",
                        "telemetry is null",
                        "listener is null",
                        "enricher is null",
                        "abandonAfter is null",
                        "recentCalls maxAge is null");
    }

    @Test
    void a_builder_used_again_does_not_change_what_it_built() {
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        LlmOpsBuilder builder = LlmOps.builder().listener(first);
        LlmOps built = builder.build();
        builder.listener(second).build();
        built.call(Operation.CHAT, "openai", "gpt-4o").start().finish();
        assertThat(first.records()).hasSize(1);
        assertThat(second.records()).isEmpty();
    }

    @Test
    void without_any_setting_there_is_a_working_object_on_the_systems_clocks() {
        try (LlmOps llmops = LlmOps.builder().build()) {
            llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish();
            assertThat(llmops.activeCalls()).isZero();
            assertThat(llmops.versionSet()).isEqualTo(VersionSet.empty());
        }
    }
}
