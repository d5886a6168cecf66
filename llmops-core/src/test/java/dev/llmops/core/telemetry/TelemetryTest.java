package dev.llmops.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.Threads;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TelemetryTest {

    private final Telemetry telemetry = new Telemetry();

    @Test
    void counts_are_kept_by_kind_and_place() {
        telemetry.count(Telemetry.Kind.DROPPED, "b");
        telemetry.count(Telemetry.Kind.DROPPED, "a");
        telemetry.count(Telemetry.Kind.DROPPED, "a");
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "a")).isEqualTo(2);
        assertThat(telemetry.value(Telemetry.Kind.FAILURES, "a")).isZero();
        assertThat(telemetry.values(Telemetry.Kind.DROPPED)).containsExactly(Map.entry("a", 2L), Map.entry("b", 1L));
    }

    @Test
    void every_failure_is_counted() {
        telemetry.failure("x", new IllegalStateException(), "fix it");
        telemetry.failure("x", new IllegalStateException(), "fix it");
        assertThat(telemetry.value(Telemetry.Kind.FAILURES, "x")).isEqualTo(2);
    }

    @Test
    void a_watcher_that_throws_does_not_disturb_counting_and_is_counted() {
        telemetry.watch((kind, where) -> {
            throw new IllegalStateException();
        });
        telemetry.count(Telemetry.Kind.DROPPED, "a");
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "a")).isEqualTo(1);
        assertThat(telemetry.value(Telemetry.Kind.FAILURES, "telemetry_watcher"))
                .isPositive();
    }

    @Test
    void no_count_is_lost_among_threads() throws InterruptedException {
        Threads.race(4, thread -> {
            for (int i = 0; i < 10_000; i++) {
                telemetry.count(Telemetry.Kind.DROPPED, "a");
            }
        });
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "a")).isEqualTo(40_000);
    }
}
