package dev.llmops.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelemetryWatchTest {

    private final Telemetry telemetry = new Telemetry();
    private final List<String> told = new ArrayList<>();

    @Test
    void a_watcher_is_told_of_counters_there_are_and_of_new_ones() {
        telemetry.count(Telemetry.Kind.DROPPED, "before");
        telemetry.watch((kind, where) -> told.add(kind + " " + where));
        telemetry.count(Telemetry.Kind.FAILURES, "after");
        assertThat(told).containsExactly("DROPPED before", "FAILURES after");
    }

    @Test
    void a_watcher_is_not_told_again_when_a_counter_moves() {
        telemetry.watch((kind, where) -> told.add(where));
        telemetry.count(Telemetry.Kind.DROPPED, "queue");
        telemetry.count(Telemetry.Kind.DROPPED, "queue");
        assertThat(told).containsExactly("queue");
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "queue")).isEqualTo(2);
    }
}
