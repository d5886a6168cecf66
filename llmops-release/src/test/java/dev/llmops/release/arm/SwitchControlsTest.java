package dev.llmops.release.arm;

import static dev.llmops.release.arm.Releases.ADA;
import static dev.llmops.release.arm.Releases.ALERT;
import static dev.llmops.release.arm.SwitchControls.ANY_REVISION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.core.testing.FakeTicker;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwitchControlsTest {

    private static final Exposure ONE = Exposure.of("1%", .01);
    private static final Exposure TENTH = Exposure.of("10%", .1);

    private final VersionSwitch release = Releases.started("r1", TENTH);
    private final SwitchControls controls = release.controls();

    @AfterEach
    void close() {
        release.close();
    }

    private SwitchState state() {
        return release.state().orElseThrow();
    }

    @Test
    void what_acts_by_itself_must_not_raise_the_share() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> controls.promote(ANY_REVISION, Exposure.of("50%", .5), ALERT, "looks fine"))
                .withMessage(
                        "actor 'alert' acts by itself and must not raise the candidate's share — such actors may only"
                                + " lower exposure — pass Actor.person(name)");
    }

    @Test
    void what_acts_by_itself_may_lower_the_share_and_not_by_the_same_way_raise_it() {
        assertThat(controls.degrade(ANY_REVISION, ONE, ALERT, "queue grows")).isPresent();
        assertThat(controls.degrade(ANY_REVISION, TENTH, ALERT, "again")).isEmpty();
        assertThat(state().exposure()).isEqualTo(ONE);
    }

    @Test
    void a_change_that_saw_an_older_revision_is_not_taken() {
        assertThat(controls.pause(1, ALERT, "odd")).isPresent();
        assertThat(controls.rollBack(1, ALERT, "errors")).isEmpty();
        assertThat(state().status()).isEqualTo(SwitchState.Status.PAUSED);
    }

    @Test
    void a_release_that_was_rolled_back_stays_so() {
        controls.rollBack(ANY_REVISION, ALERT, "errors");
        assertThat(controls.promote(ANY_REVISION, TENTH, ADA, "once more")).isEmpty();
        assertThat(controls.rollBack(ANY_REVISION, ALERT, "errors")).isEmpty();
        assertThat(release.assign("u").arm()).isEqualTo(Arm.BASELINE);
    }

    @Test
    void a_paused_release_waits_for_a_person() {
        controls.pause(ANY_REVISION, Actor.gate(), "fluctuates");
        assertThat(controls.promote(ANY_REVISION, Exposure.of("50%", .5), Actor.gate(), "proof"))
                .isEmpty();
        assertThat(controls.resume(ANY_REVISION, ADA, "understood")).isPresent();
        assertThat(controls.promote(ANY_REVISION, Exposure.of("50%", .5), Actor.gate(), "proof"))
                .isPresent();
    }

    @Test
    void a_limit_caps_promotions_and_only_a_person_raises_it() {
        controls.limit(ANY_REVISION, .2, ALERT, "budget");
        assertThat(controls.promote(ANY_REVISION, Exposure.of("50%", .5), ADA, "proof"))
                .isEmpty();
        assertThat(controls.limit(ANY_REVISION, .5, ALERT, "budget is back")).isEmpty();
        assertThat(controls.limit(ANY_REVISION, .5, ADA, "budget is back")).isPresent();
        assertThat(controls.promote(ANY_REVISION, Exposure.of("50%", .5), ADA, "proof"))
                .isPresent();
    }

    @Test
    void a_pinned_release_is_left_alone_until_the_entrance_must_be_closed() {
        controls.pin(ANY_REVISION, ADA, "known and accepted");
        assertThat(controls.rollBack(ANY_REVISION, ALERT, "errors")).isEmpty();
        assertThat(controls.closeEntrance(ANY_REVISION, ALERT, "leak")).isPresent();
        assertThat(state().status()).isEqualTo(SwitchState.Status.STOPPED);
    }

    @Test
    void a_closed_entrance_refuses_the_white_list_too() {
        controls.allow("tester", ADA, "tries it first");
        controls.closeEntrance(ANY_REVISION, ALERT, "leak");
        assertThat(release.assign("tester").arm()).isEqualTo(Arm.BASELINE);
    }

    @Test
    void a_unit_that_attacked_is_refused() {
        controls.refuse("mallory", ALERT, "prompt injection");
        assertThat(release.assign("mallory").isRefused()).isTrue();
        assertThat(release.assign("bob").isRefused()).isFalse();
        assertThat(controls.refuse("mallory", ALERT, "prompt injection")).isEmpty();
    }

    @Test
    void every_change_is_an_event() {
        controls.pause(ANY_REVISION, ALERT, "odd");
        controls.rollBack(ANY_REVISION, Actor.gate(), "errors × 4");
        assertThat(release.events())
                .extracting(
                        SwitchEvent::revision,
                        SwitchEvent::action,
                        event -> event.actor().name(),
                        SwitchEvent::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, SwitchEvent.Action.START, "ada", "new prompt"),
                        org.assertj.core.groups.Tuple.tuple(2L, SwitchEvent.Action.PAUSE, "alert", "odd"),
                        org.assertj.core.groups.Tuple.tuple(3L, SwitchEvent.Action.ROLL_BACK, "gate", "errors × 4"));
        assertThat(release.events().get(2).at()).isEqualTo(FakeTicker.START);
    }

    @Test
    void a_list_of_units_is_bounded() {
        IntStream.range(0, SwitchState.MAX_UNITS).forEach(unit -> controls.refuse("u" + unit, ALERT, "attack"));
        org.assertj.core.api.Assertions.assertThatIllegalStateException()
                .isThrownBy(() -> controls.refuse("one more", ALERT, "attack"))
                .withMessage(
                        "a list of units holds at most 1000 — close the entrance instead of refusing units one by one");
    }
}
