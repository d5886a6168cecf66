package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordListenerTest {

    /** Writes down what it is told. */
    private static class Notes extends RecordListener {
        private final List<String> notes = new ArrayList<>();

        @Override
        protected synchronized void recorded(CallRecord record) {
            notes.add("call " + record.info().requestId());
        }

        @Override
        protected synchronized void recorded(LlmEvent event) {
            notes.add("event of " + event.call().requestId());
        }

        List<String> read() {
            settle();
            synchronized (this) {
                return List.copyOf(notes);
            }
        }
    }

    private static void call(LlmOps llmops, String requestId) {
        llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .requestId(requestId)
                .start()
                .finish("stop");
    }

    @Test
    void calls_and_what_happens_to_them_later_are_told_in_order_before_a_reader_reads() {
        Notes notes = new Notes();
        try (LlmOps llmops = LlmOps.builder().listener(notes).build()) {
            call(llmops, "r-1");
            llmops.feedback("r-1", LlmEvent.Verdict.UP, null);
            call(llmops, "r-2");

            assertThat(notes.read()).containsExactly("call r-1", "event of r-1", "call r-2");
        }
    }

    @Test
    void a_listener_behind_another_one_is_told_once_too() {
        Notes behind = new Notes();
        LlmListener front = new LlmListener() {
            @Override
            public void callEnded(LiveCall call, CallRecord record) {
                behind.callEnded(call, record);
            }

            @Override
            public void eventOccurred(LlmEvent event) {
                behind.eventOccurred(event);
            }
        };
        try (LlmOps llmops = LlmOps.builder().listener(front).build()) {
            call(llmops, "r-1");
            llmops.feedback("r-1", LlmEvent.Verdict.UP, null);

            assertThat(behind.read()).containsExactly("call r-1", "event of r-1");
        }
    }

    @Test
    void a_listener_hears_of_the_calls_of_every_object_it_was_added_to() {
        Notes notes = new Notes();
        try (LlmOps one = LlmOps.builder().listener(notes).build();
                LlmOps other = LlmOps.builder().listener(notes).build()) {
            call(one, "r-1");
            call(other, "r-2");

            assertThat(notes.read()).containsExactly("call r-1", "call r-2");
        }
    }

    @Test
    void what_one_throws_is_counted_and_the_others_are_told() {
        Notes notes = new Notes();
        class Faulty extends RecordListener {
            @Override
            protected void recorded(CallRecord record) {
                throw new IllegalStateException();
            }
        }
        try (LlmOps llmops =
                LlmOps.builder().listener(new Faulty()).listener(notes).build()) {
            call(llmops, "r-1");
            call(llmops, "r-2");

            assertThat(notes.read()).containsExactly("call r-1", "call r-2");
            assertThat(llmops.telemetry().values(Telemetry.Kind.FAILURES))
                    .isEqualTo(Map.of("RecordListenerTest$1Faulty.recorded", 2L));
        }
    }
}
