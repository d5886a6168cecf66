package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.Telemetry;
import java.io.EOFException;
import org.junit.jupiter.api.Test;

class FinishReasonTest {

    private final Rig rig = new Rig();

    @Test
    void reasons_stand_in_the_order_of_their_choices() {
        rig.call()
                .choices(2)
                .start()
                .finishReason(1, "length")
                .finishReason(0, "stop")
                .endOfStream();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.record().finishReasons()).containsExactly("stop", "length");
    }

    @Test
    void a_repeated_reason_is_dropped() {
        rig.start()
                .finishReason(0, "tool_calls")
                .finishReason(0, "tool_calls")
                .finishReason(0, "stop")
                .endOfStream();
        assertThat(rig.record().finishReasons()).containsExactly("tool_calls");
    }

    @Test
    void an_empty_reason_gives_way_and_a_failure_takes_over() {
        rig.start().finishReason(0, "").finishReason(0, "stop").endOfStream();
        assertThat(rig.record().finishReasons()).containsExactly("stop");
        Rig broken = new Rig();
        broken.start().finishReason(0, "stop").finishReason(0, "error").endOfStream();
        assertThat(broken.record().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(broken.record().finishReasons()).containsExactly("error");
    }

    @Test
    void a_call_that_fails_afterwards_keeps_the_reasons() {
        rig.start().finishReason(0, "stop").fail(new EOFException());
        assertThat(rig.record().finishReasons()).containsExactly("stop");
    }

    @Test
    void a_stream_in_which_a_choice_did_not_finish_has_failed() {
        rig.call().choices(2).start().finishReason(0, "stop").endOfStream();
        assertThat(rig.record().error()).extracting(CallError::kind).isEqualTo(ErrorKind.PROTOCOL_ERROR);
    }

    @Test
    void choices_beyond_256_are_dropped_and_counted() {
        LlmCall call = rig.start();
        for (int choice = 0; choice < 300; choice++) {
            call.finishReason(choice, "stop");
        }
        call.finish();
        assertThat(rig.record().finishReasons()).hasSize(256);
        assertThat(rig.dropped("finish_reasons")).isEqualTo(44);
    }

    @Test
    void an_ending_that_may_come_twice_is_taken_once_and_not_counted() {
        LlmCall call = rig.start();
        call.endOnce(new EOFException());
        call.endOnce(null);
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rig.llmops.telemetry().values(Telemetry.Kind.LATE_ENDINGS)).isEmpty();
    }

    @Test
    void an_ending_without_error_is_judged_by_the_reasons_there_are() {
        LlmCall call = rig.start().finishReason(0, "abort");
        call.endOnce(null);
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
        Rig silent = new Rig();
        silent.start().endOnce(null);
        assertThat(silent.record().outcome()).isEqualTo(Outcome.COMPLETED);
    }
}
