package dev.llmops.release.evidence;

import static dev.llmops.release.Policies.FIVE_TESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.release.arm.AssignmentUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProfileRecorderTest {

    private final FakeTicker ticker = new FakeTicker();
    private final ProfileRecorder recorder = new ProfileRecorder(AssignmentUnit.USER, 4);
    private final LlmOps llmops = LlmOps.builder()
            .ticker(ticker)
            .clock(ticker.clock())
            .listener(recorder)
            .build();

    @AfterEach
    void close() {
        llmops.close();
    }

    private LlmCallBuilder call(String user) {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o").user(user).requestId(user);
    }

    private void answer(String user) {
        LlmCall call = call(user).start();
        ticker.advanceMillis(900_000);
        call.finish("stop");
    }

    private GateProfile profile() {
        return recorder.profile(FIVE_TESTS, .5, 4);
    }

    @Test
    void the_first_call_of_each_unit_is_measured() {
        answer("u1");
        answer("u1");
        call("u2").start().fail(CallError.of(ErrorKind.OVERLOADED));
        assertThat(recorder.units()).isEqualTo(2);
        assertThat(profile().rates().get("errors")).isEqualTo(new GateProfile.Rate(.5, 1));
    }

    @Test
    void the_latest_units_are_kept() {
        for (int i = 0; i < 9; i++) {
            answer("u" + i);
        }
        assertThat(recorder.units()).isEqualTo(4);
        assertThat(profile().unitsPerHour()).isEqualTo(4 / .75);
    }

    @Test
    void what_is_said_later_belongs_to_the_call() {
        answer("u1");
        llmops.feedback("u1", LlmEvent.Verdict.DOWN, null);
        assertThat(profile().rates().get("bad_answers")).isEqualTo(new GateProfile.Rate(1, 1));
    }

    @Test
    void calls_of_judges_are_left_out() {
        call("u1").purpose("judge").start().finish("stop");
        assertThat(recorder.units()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(this::profile)
                .withMessageStartingWith("no call belongs to no release — ");
    }
}
