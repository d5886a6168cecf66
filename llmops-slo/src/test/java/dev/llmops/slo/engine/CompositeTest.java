package dev.llmops.slo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.ObjectiveBuilder;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.CompositeStatus;
import dev.llmops.slo.status.SloStatus;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompositeTest {

    @TempDir
    Path folder;

    private final FakeTicker time = new FakeTicker();
    private final Instant start = time.clock().instant();

    private static ObjectiveBuilder available(String name, double target) {
        return Objective.builder(name).indicator(Indicator.availability()).target(target);
    }

    private static Objective faithful() {
        return Objective.builder("faithful")
                .indicator(Indicator.score("faithfulness", 0.8))
                .target(0.9)
                .evaluationDelay(Duration.ofMinutes(5))
                .build();
    }

    private SloEngine engine(CompositeObjective composite, Objective... members) {
        return SloEngine.builder()
                .objectives(new ObjectiveSet(List.of(members), List.of(), List.of(composite), List.of()))
                .clock(time.clock())
                .ticker(time)
                .snapshot(folder.resolve("slo.snapshot"))
                .evaluateEvery(Duration.ZERO)
                .build();
    }

    /** Good calls, and a failed one in each minute that is named. */
    private void minutes(SloEngine engine, int count, Set<Integer> failing) {
        for (int minute = 1; minute <= count; minute++) {
            time.advance(Duration.ofMinutes(1));
            Instant now = time.clock().instant();
            engine.record(failing.contains(minute) ? Calls.failed(now, ErrorKind.OVERLOADED) : Calls.completed(now));
        }
    }

    private static CompositeStatus status(SloEngine engine) {
        return engine.compositeStatuses().get(0);
    }

    @Test
    void budgets_by_events_are_pooled() {
        Objective lenient = available("lenient", 0.5).build();
        Objective strict = available("strict", 0.75).build();
        SloEngine engine = engine(CompositeObjective.ofEvents("both", "lenient", "strict"), lenient, strict);

        minutes(engine, 40, Set.of(1, 2, 3));

        // Each member has 3 bad of 40; 6 are spent of 40 × 0.5 + 40 × 0.25.
        assertThat(status(engine).budgetRemaining().orElseThrow()).isCloseTo(1 - 6.0 / 30, within(1e-12));
        assertThat(status(engine).slices()).isEqualTo(Counts.NONE);
    }

    @Test
    void a_composite_is_attained_when_every_member_is() {
        Objective easy = available("easy", 0.5).build();
        Objective hard = available("hard", 0.999).build();
        SloEngine engine = engine(CompositeObjective.ofEvents("both", "easy", "hard"), easy, hard);

        minutes(engine, 40, Set.of());
        assertThat(status(engine).state()).isEqualTo(SloStatus.State.INSUFFICIENT_DATA);
        minutes(engine, 20, Set.of(1, 2, 3, 4, 5));

        assertThat(status(engine).state()).isEqualTo(SloStatus.State.BREACHED);
        assertThat(status(engine).reason()).isEqualTo("easy is MET, hard is BREACHED; 66.73 % of the budget is left");
    }

    private static final CompositeObjective SLICED =
            CompositeObjective.ofTimeSlices("assistant", new BigDecimal("0.9"), "available", "faithful");

    @Test
    void a_time_slice_is_bad_when_any_member_misses_its_target_in_it() {
        SloEngine engine = engine(SLICED, available("available", 0.99).build(), faithful());
        for (int slice = 0; slice < 12; slice++) {
            for (int minute = 0; minute < 5; minute++) {
                time.advance(Duration.ofMinutes(1));
                Instant now = time.clock().instant();
                CallInfo call = Calls.info(now).build();
                engine.record(
                        slice == 3 && minute == 0 ? Calls.failed(now, ErrorKind.OVERLOADED) : Calls.completed(now));
                engine.eventOccurred(Calls.score(call, now, "faithfulness", slice == 7 ? 0.1 : 0.9));
            }
        }
        time.advance(Duration.ofMinutes(10));

        assertThat(status(engine).slices()).isEqualTo(new Counts(2, 12));
        assertThat(status(engine).budgetRemaining().orElseThrow()).isCloseTo(1 - (2.0 / 12) / 0.1, within(1e-12));
    }

    @Test
    void slices_without_events_are_none_and_those_of_a_restart_are_kept() {
        Objective other = available("faithful", 0.9).build();
        SloEngine before = engine(SLICED, available("available", 0.99).build(), other);
        minutes(before, 30, Set.of(1));
        before.evaluate();
        before.close();

        SloEngine after = engine(SLICED, available("available", 0.99).build(), other);
        time.advance(Duration.ofHours(1));
        minutes(after, 30, Set.of());

        assertThat(status(after).slices().bad()).isEqualTo(1);
        assertThat(status(after).slices().total()).isBetween(11.0, 13.0);
    }

    @Test
    void excluded_slices_do_not_count() {
        SloEngine engine = engine(
                SLICED,
                available("available", 0.99).build(),
                available("faithful", 0.9).build());
        minutes(engine, 60, Set.of(7, 8, 9, 22));
        double all = status(engine).slices().total();

        engine.exclude(
                new Exclusion(start, start.plus(Duration.ofMinutes(15)), Set.of("assistant"), "ana", "start-up"));

        assertThat(status(engine).slices().total()).isLessThan(all);
        assertThat(status(engine).slices().bad()).isEqualTo(1);
    }

    private static String problem(CompositeObjective composite, Objective... members) {
        ObjectiveSet set = new ObjectiveSet(List.of(members), List.of(), List.of(composite), List.of());
        try {
            SloEngine.builder()
                    .objectives(set)
                    .evaluateEvery(Duration.ZERO)
                    .build()
                    .close();
            return "";
        } catch (InvalidObjectivesException e) {
            return e.problems().get(0);
        }
    }

    @Test
    void events_of_different_kinds_have_no_common_budget() {
        CompositeObjective byEvents = CompositeObjective.ofEvents("assistant", "available", "faithful");

        assertThat(problem(byEvents, available("available", 0.99).build(), faithful()))
                .isEqualTo(
                        "assistant: MEMBERS_CANNOT_COMBINE: its members differ in kind of event [calls, evaluated after"
                                + " PT0S, judged later, evaluated after PT5M] — the same for all — set sliceTarget for a budget by"
                                + " time slices");
        assertThat(problem(SLICED, available("available", 0.99).build(), faithful()))
                .isEmpty();
    }

    @Test
    void windows_must_be_one_and_groups_none() {
        Objective week = available("faithful", 0.99)
                .window(SloWindow.rolling(Duration.ofDays(7)))
                .build();
        Objective grouped = available("faithful", 0.99).groupBy(Dimension.MODEL).build();

        assertThat(problem(SLICED, available("available", 0.99).build(), week))
                .contains("its members differ in window [30d, 7d]");
        assertThat(problem(SLICED, available("available", 0.99).build(), grouped))
                .contains("a member has groups");
        assertThat(problem(SLICED, week)).contains("members [available] are no objectives — allowed are [faithful]");
    }

    @Test
    void a_composite_has_two_members_or_more() {
        assertThatThrownBy(() -> CompositeObjective.ofEvents("one", "available"))
                .hasMessage(
                        "members are [available] — two or more different objectives — name each once, or use the one"
                                + " objective by itself");
        assertThatThrownBy(() -> CompositeObjective.ofTimeSlices("all", BigDecimal.ONE, "a", "b"))
                .hasMessage("sliceTarget is 1 — above 0 and below 1 — pass for example 0.99");
    }

    @Test
    void time_slices_go_on_after_a_clock_that_was_years_ahead() {
        SloEngine engine = engine(SLICED, available("available", 0.99).build(), faithful());
        minutes(engine, 20, Set.of());
        time.advance(Duration.ofDays(3_650));
        minutes(engine, 20, Set.of());
        assertThat(status(engine).slices()).isNotEqualTo(Counts.NONE);
        time.advance(Duration.ofDays(-3_650));
        minutes(engine, 1, Set.of());
        status(engine);

        minutes(engine, 20, Set.of(12));

        assertThat(status(engine).slices()).isEqualTo(new Counts(1, 3));
    }
}
