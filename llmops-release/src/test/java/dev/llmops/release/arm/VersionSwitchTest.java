package dev.llmops.release.arm;

import static dev.llmops.release.arm.Releases.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VersionSwitchTest {

    private static final Exposure TENTH = new Exposure("10%", .1, .1, 0, false);

    private static Map<Arm, Integer> counts(VersionSwitch release, int units) {
        Map<Arm, Integer> counts = new EnumMap<>(Arm.class);
        IntStream.range(0, units)
                .forEach(unit -> counts.merge(release.assign("user-" + unit).arm(), 1, Integer::sum));
        return counts;
    }

    @Test
    void each_arm_gets_its_share() {
        try (VersionSwitch release = Releases.started("r1", TENTH)) {
            Map<Arm, Integer> counts = counts(release, 100_000);
            // Four standard deviations of a binomial: 4·√(n·p·q)
            assertThat(counts.get(Arm.CANDIDATE)).isCloseTo(10_000, within(380));
            assertThat(counts.get(Arm.CONTROL)).isCloseTo(10_000, within(380));
            assertThat(counts.get(Arm.BASELINE)).isCloseTo(80_000, within(510));
        }
    }

    @Test
    void a_unit_that_met_the_candidate_keeps_it_while_the_share_grows() {
        try (VersionSwitch tenth = Releases.started("r1", TENTH);
                VersionSwitch half = Releases.started("r1", new Exposure("50%", .5, .5, 0, false))) {
            assertThat(IntStream.range(0, 10_000).mapToObj(unit -> "u" + unit))
                    .filteredOn(unit -> tenth.assign(unit).arm() == Arm.CANDIDATE)
                    .allMatch(unit -> half.assign(unit).arm() == Arm.CANDIDATE);
        }
    }

    @Test
    void a_unit_of_the_control_meets_no_candidate_before_the_last_stage() {
        try (VersionSwitch tenth = Releases.started("r1", TENTH);
                VersionSwitch half = Releases.started("r1", new Exposure("50%", .5, .5, 0, false))) {
            assertThat(IntStream.range(0, 10_000).mapToObj(unit -> "u" + unit))
                    .filteredOn(unit -> tenth.assign(unit).arm() == Arm.CONTROL)
                    .allMatch(unit -> half.assign(unit).arm() == Arm.CONTROL);
        }
    }

    @Test
    void two_releases_choose_independently() {
        try (VersionSwitch one = Releases.started("r1", TENTH);
                VersionSwitch other = Releases.started("r2", TENTH)) {
            long both = IntStream.range(0, 100_000)
                    .mapToObj(unit -> "u" + unit)
                    .filter(unit -> one.assign(unit).arm() == Arm.CANDIDATE
                            && other.assign(unit).arm() == Arm.CANDIDATE)
                    .count();
            assertThat(both).isCloseTo(1_000, within(130L));
        }
    }

    @Test
    void the_rest_of_a_full_release_is_held_back() {
        try (VersionSwitch release = Releases.started("r1", new Exposure("100%", .95, 0, 0, true))) {
            assertThat(counts(release, 10_000)).containsOnlyKeys(Arm.CANDIDATE, Arm.HOLDBACK);
            assertThat(counts(release, 10_000).get(Arm.HOLDBACK)).isCloseTo(500, within(90));
        }
    }

    @Test
    void a_mirrored_unit_stays_with_the_baseline() {
        try (VersionSwitch release = Releases.started("r1", new Exposure("shadow", 0, 0, 1, false))) {
            Assignment assignment = release.assign("u1");
            assertThat(assignment.isMirrored()).isTrue();
            assertThat(assignment.arm()).isEqualTo(Arm.BASELINE);
            assertThat(assignment.versionSet()).isEqualTo(Releases.BASELINE);
        }
    }

    @Test
    void the_white_list_meets_the_candidate_and_is_not_counted() {
        try (VersionSwitch release = Releases.started("r1", Exposure.of("0%", 0))) {
            release.controls().allow("tester", ADA, "tries it first");
            assertThat(release.assign("tester").arm()).isEqualTo(Arm.CANDIDATE);
            assertThat(release.assign("tester").isCounted()).isFalse();
            assertThat(release.assign("other").isCounted()).isTrue();
        }
    }

    @Test
    void before_the_start_the_baseline_answers_and_nothing_is_counted() {
        try (VersionSwitch release = Releases.newSwitch("r1", SwitchStore.inMemory(), new FakeTicker())) {
            assertThat(release.assign("u1").arm()).isEqualTo(Arm.BASELINE);
            assertThat(release.assign("u1").isCounted()).isFalse();
        }
    }

    @Test
    void a_state_that_is_too_old_exposes_no_one() {
        FakeTicker ticker = new FakeTicker();
        try (VersionSwitch release = Releases.newSwitch("r1", SwitchStore.inMemory(), ticker)) {
            release.controls().start(Exposure.of("100%", 1), ADA, "all at once");
            assertThat(release.assign("u1").arm()).isEqualTo(Arm.CANDIDATE);
            ticker.advance(Duration.ofMinutes(10));
            // The refresher may read the state meanwhile; without it the age is over the limit.
            release.close();
            ticker.advance(VersionSwitch.DEFAULT_STALE_AFTER.plusSeconds(1));
            assertThat(release.assign("u1").arm()).isEqualTo(Arm.BASELINE);
        }
    }

    @Test
    void a_marked_call_carries_its_assignment_into_the_record() {
        RecordingListener seen = new RecordingListener();
        try (LlmOps llmops =
                        LlmOps.builder().listener(seen).detectVersions(false).build();
                VersionSwitch release = Releases.started("r1", Exposure.of("100%", 1))) {
            Assignment assignment = release.assign("u1");
            try (LlmCall call = assignment.mark(llmops.call(Operation.CHAT, "openai", "gpt")
                    .versionSet(assignment.versionSet())
                    .start())) {
                Assignment.markFallback(call).finish("stop");
            }
            CallRecord record = seen.records().get(0);
            assertThat(record.attributes())
                    .containsEntry(Assignment.CHANGE, "r1")
                    .containsEntry(Assignment.STAGE, "100%")
                    .containsEntry(Assignment.ARM, "candidate")
                    .containsEntry(Assignment.ASSIGNED_VERSION_SET, Releases.CANDIDATE.id())
                    .containsEntry(Assignment.FALLBACK, true);
        }
    }

    @Test
    void all_problems_of_a_configuration_are_reported_together() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VersionSwitch.builder(" ", Releases.BASELINE, Releases.CANDIDATE)
                        .refreshEvery(Duration.ofSeconds(2))
                        .staleAfter(Duration.ofSeconds(1))
                        .build())
                .withMessage(
                        "changeId is blank or too long (' ') — 1 to 200 characters — pass the name of the change\n"
                                + "staleAfter is too short (PT1S) — more than refreshEvery (PT2S) — pass several times as much");
    }
}
