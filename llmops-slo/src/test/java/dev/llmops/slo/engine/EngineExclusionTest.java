package dev.llmops.slo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineExclusionTest {

    private static final Objective FAST = Objective.builder("fast")
            .indicator(Indicator.availability())
            .target(0.99)
            .build();

    @TempDir
    Path folder;

    private final FakeTicker time = new FakeTicker();
    private final Instant start = time.clock().instant();
    private final Exclusion outage = Exclusion.ofAll(minute(60), minute(90), "ana", "the index was moved");

    private Instant minute(long minute) {
        return start.plus(Duration.ofMinutes(minute));
    }

    private SloEngine engine(Exclusion... exclusions) {
        return SloEngine.builder()
                .objectives(new ObjectiveSet(List.of(FAST), List.of(), List.of(), List.of(exclusions)))
                .clock(time.clock())
                .ticker(time)
                .snapshot(folder.resolve("slo.snapshot"))
                .evaluateEvery(Duration.ZERO)
                .build();
    }

    /** Two hours of ten calls a minute, of which all in (60, 90] fail. */
    private void traffic(SloEngine engine) {
        for (int minute = 1; minute <= 120; minute++) {
            time.advance(Duration.ofMinutes(1));
            for (int call = 0; call < 10; call++) {
                Instant now = time.clock().instant();
                engine.record(
                        minute > 60 && minute <= 90 ? Calls.failed(now, ErrorKind.OVERLOADED) : Calls.completed(now));
            }
            engine.evaluate();
        }
    }

    private static SloStatus status(SloEngine engine) {
        return engine.statuses().get(0);
    }

    @Test
    void excluded_events_count_in_no_budget_and_no_window() {
        SloEngine engine = engine(outage);

        traffic(engine);

        assertThat(status(engine).counts()).isEqualTo(new Counts(0, 900));
        assertThat(status(engine).burnRates())
                .filteredOn(burn -> burn.window().equals(Duration.ofHours(1)))
                .singleElement()
                .satisfies(burn -> assertThat(burn.counts()).isEqualTo(new Counts(0, 300)));
        assertThat(engine.history("fast").incidents()).isEmpty();
    }

    @Test
    void a_correction_afterwards_takes_the_same_events_out_and_history_stays() {
        SloEngine engine = engine();
        traffic(engine);
        assertThat(status(engine).counts()).isEqualTo(new Counts(300, 1200));

        engine.exclude(outage);

        assertThat(status(engine).counts()).isEqualTo(new Counts(0, 900));
        assertThat(status(engine).tiers()).extracting(TierVerdict::state).doesNotContain(TierVerdict.State.FIRING);
        assertThat(engine.history("fast").incidents()).isNotEmpty();
    }

    @Test
    void a_withdrawn_exclusion_brings_its_events_back() {
        SloEngine engine = engine();
        engine.exclude(outage);
        traffic(engine);

        assertThat(engine.withdraw(outage)).isTrue();

        assertThat(status(engine).counts()).isEqualTo(new Counts(300, 1200));
        assertThat(engine.withdraw(outage)).isFalse();
    }

    @Test
    void excluded_time_is_neither_measured_nor_missing() {
        SloEngine engine = engine(outage);
        traffic(engine);

        SloStatus status = status(engine);
        assertThat(status.coverage()).isEqualTo(90.0 / (30 * 24 * 60 - 30));
        assertThat(status.exclusions()).containsExactly(outage);
        assertThat(status.reason())
                .contains("; excluded is " + minute(60) + " to " + minute(90) + " (ana: the index was moved)");
    }

    @Test
    void exclusions_outlive_the_minute_cells() {
        SloEngine engine = engine(outage);
        traffic(engine);

        time.advance(Duration.ofDays(5));
        engine.record(Calls.completed(time.clock().instant()));

        assertThat(status(engine).counts()).isEqualTo(new Counts(0, 901));
    }

    @Test
    void what_is_older_than_three_days_is_excluded_in_whole_hours() {
        SloEngine engine = engine();
        traffic(engine);
        time.advance(Duration.ofDays(5));
        engine.record(Calls.completed(time.clock().instant()));
        Instant hour = Instant.ofEpochSecond(Math.floorDiv(minute(60).getEpochSecond(), 3_600) * 3_600);

        engine.exclude(Exclusion.ofAll(hour.plusSeconds(60), hour.plusSeconds(3_540), "ana", "part of an hour"));
        assertThat(status(engine).counts().total()).isEqualTo(1201);
        engine.exclude(Exclusion.ofAll(hour, hour.plusSeconds(3_600), "ana", "an hour"));
        assertThat(status(engine).counts().total()).isEqualTo(601);
    }

    @Test
    void what_was_added_at_run_time_survives_a_restart() {
        SloEngine before = engine();
        traffic(before);
        before.exclude(outage);
        before.close();

        SloEngine after = engine();

        assertThat(after.objectives().exclusions()).containsExactly(outage);
        assertThat(status(after).counts()).isEqualTo(new Counts(0, 900));
    }

    @Test
    void other_objectives_are_not_excluded() {
        SloEngine engine = engine();

        assertThatThrownBy(() ->
                        engine.exclude(new Exclusion(minute(60), minute(90), Set.of("cheap"), "ana", "not this one")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("objectives are [cheap] — allowed are [fast] — name these, or none for all");
    }

    @Test
    void an_objective_is_excluded_from_after_the_start_to_the_end() {
        SloEngine engine = engine(outage);

        time.advance(Duration.ofMinutes(60));
        assertThat(engine.isExcluded("fast")).isFalse();
        time.advance(Duration.ofMinutes(30));
        assertThat(engine.isExcluded("fast")).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(engine.isExcluded("fast")).isFalse();
    }
}
