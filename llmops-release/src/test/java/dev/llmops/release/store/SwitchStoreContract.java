package dev.llmops.release.store;

import static dev.llmops.release.arm.SwitchControls.ANY_REVISION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.testing.FakeTicker;
import dev.llmops.release.Decisions;
import dev.llmops.release.GateOperator;
import dev.llmops.release.Policies;
import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.arm.Releases;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.arm.SwitchStore;
import dev.llmops.release.arm.VersionSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of switches keeps. */
abstract class SwitchStoreContract {

    private static final int FLEET = 20;
    private static final int ROUNDS = 5;

    private final String changeId = getClass().getSimpleName() + "-" + System.identityHashCode(this);

    abstract SwitchStore store() throws Exception;

    private VersionSwitch member() throws Exception {
        return Releases.newSwitch(changeId, store(), new FakeTicker());
    }

    @Test
    void a_state_comes_back_as_it_was_stored() throws Exception {
        try (VersionSwitch release = member()) {
            release.controls().start(new Exposure("10%", .1, .1, .05, false), Releases.ADA, "first");
            release.controls().allow("tester", Releases.ADA, "tries it");
            release.controls().refuse("mallory", Releases.ALERT, "attack");
            SwitchState kept = release.state().orElseThrow();
            assertThat(kept.revision()).isEqualTo(3);
            assertThat(kept.exposure()).isEqualTo(new Exposure("10%", .1, .1, .05, false));
            assertThat(kept.startedAt()).isEqualTo(FakeTicker.START);
            assertThat(kept.allowedUnits()).hasSize(1);
            assertThat(kept.refusedUnits()).hasSize(1);
        }
    }

    @Test
    void a_member_of_a_fleet_sees_what_another_did() throws Exception {
        try (VersionSwitch one = member();
                VersionSwitch other = member()) {
            one.controls().start(Exposure.of("100%", 1), Releases.ADA, "first");
            other.refresh();
            assertThat(other.assign("u1")).isEqualTo(one.assign("u1"));
            assertThat(other.events()).isEqualTo(one.events());
        }
    }

    @Test
    void a_fleet_of_twenty_acts_exactly_once() throws Exception {
        List<VersionSwitch> fleet = new ArrayList<>();
        for (int i = 0; i < FLEET; i++) {
            fleet.add(member());
        }
        fleet.get(0).controls().start(Exposure.of("10%", .1), Releases.ADA, "first");
        List<Optional<SwitchEvent>> acts =
                together(fleet, release -> release.controls().rollBack(1, Actor.automatic("member"), "errors"));
        assertThat(acts).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(fleet.get(7).events())
                .extracting(SwitchEvent::action)
                .containsExactly(SwitchEvent.Action.START, SwitchEvent.Action.ROLL_BACK);
        fleet.forEach(VersionSwitch::close);
    }

    @Test
    void twenty_different_changes_at_once_are_all_taken_in_some_order() throws Exception {
        List<VersionSwitch> fleet = new ArrayList<>();
        for (int i = 0; i < FLEET; i++) {
            fleet.add(member());
        }
        fleet.get(0).controls().start(Exposure.of("10%", .1), Releases.ADA, "first");
        together(
                fleet,
                release -> release.controls().refuse("unit-" + fleet.indexOf(release), Releases.ALERT, "attack"));
        assertThat(fleet.get(3).events())
                .extracting(SwitchEvent::revision)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, FLEET + 1)
                        .mapToObj(i -> (long) i)
                        .toList());
        fleet.forEach(VersionSwitch::close);
    }

    /** Every member sees the same breach at the same time, round after round. */
    @Test
    void gates_of_a_fleet_carry_a_decision_out_exactly_once() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String change = changeId + "-round-" + round;
            List<VersionSwitch> fleet = new ArrayList<>();
            for (int i = 0; i < FLEET; i++) {
                fleet.add(Releases.newSwitch(change, store(), new FakeTicker()));
            }
            fleet.get(0).controls().start(Exposure.of("10%", .1), Releases.ADA, "first");
            List<Optional<SwitchEvent>> acts = together(
                    fleet, release -> new GateOperator(Policies.FIVE_TESTS, release).carryOut(Decisions.rollBack(), 1));
            assertThat(acts).filteredOn(Optional::isPresent).hasSize(1);
            fleet.forEach(VersionSwitch::refresh);
            assertThat(fleet).allMatch(release -> release.state().orElseThrow().revision() == 2);
            assertThat(fleet.get(0).events()).hasSize(2);
            fleet.forEach(VersionSwitch::close);
        }
    }

    @Test
    void a_release_starts_once() throws Exception {
        try (VersionSwitch one = member();
                VersionSwitch other = member()) {
            assertThat(one.controls().start(Exposure.of("1%", .01), Releases.ADA, "first"))
                    .isPresent();
            assertThat(other.controls().start(Exposure.of("1%", .01), Releases.ADA, "again"))
                    .isEmpty();
            assertThat(other.controls().pause(ANY_REVISION, Releases.ALERT, "odd"))
                    .isPresent();
        }
    }

    private static <T> List<T> together(List<VersionSwitch> fleet, Function<VersionSwitch, T> act) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(fleet.size());
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            fleet.forEach(release -> tasks.add(() -> act.apply(release)));
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
