package dev.llmops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkFailureTest {

    private static final class Broken implements LogSink {
        @Override
        public void write(LogEntry entry) {
            throw new IllegalStateException("disk on fire");
        }

        @Override
        public void close() {
            throw new IllegalStateException("disk on fire");
        }
    }

    /** Throws what its signature does not tell, as code in Kotlin or under Lombok does. */
    private static final class BrokenUndeclared implements LogSink {
        @Override
        public boolean isEnabled(String name) {
            return !name.equals("llmops.feedback") || thrown(new AssertionError());
        }

        @Override
        public void write(LogEntry entry) {
            thrown(new IOException("disk on fire"));
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> boolean thrown(Throwable error) throws T {
            throw (T) error;
        }
    }

    private static final class BrokenFromTheStart implements LogSink {
        @Override
        public boolean isEnabled(String name) {
            throw new IllegalStateException();
        }

        @Override
        public void write(LogEntry entry) {
            throw new NoClassDefFoundError("missing");
        }
    }

    @Test
    void a_failure_to_write_reaches_neither_the_caller_nor_the_other_sinks_and_is_counted() {
        RecordingListener seen = new RecordingListener();
        LogRing ring = LogRing.of(1);
        CallLog log = CallLog.builder()
                .sink(new Broken())
                .sink(new BrokenFromTheStart())
                .sink(ring)
                .build();
        LlmOps llmops = LlmOps.builder().listener(log).listener(seen).build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish();
        log.close();
        assertThat(ring.entries()).hasSize(1);
        assertThat(seen.records()).hasSize(1);
        assertThat(llmops.telemetry().values(Telemetry.Kind.FAILURES))
                .containsEntry("CallLog.Broken", 2L)
                .containsEntry("CallLog.BrokenFromTheStart", 1L);
    }

    @Test
    void what_a_sink_throws_undeclared_is_no_other() {
        LogRing ring = LogRing.of(2);
        CallLog log = CallLog.builder().sink(new BrokenUndeclared()).sink(ring).build();
        LlmOps llmops = LlmOps.builder().listener(log).build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").requestId("r-1").start().finish();
        llmops.feedback("r-1", LlmEvent.Verdict.UP, null);
        assertThat(ring.entries()).hasSize(2);
        assertThat(llmops.telemetry().values(Telemetry.Kind.FAILURES))
                .isEqualTo(Map.of("CallLog.BrokenUndeclared", 3L));
    }

    @Test
    void a_listener_that_throws_does_not_keep_a_call_from_being_logged() {
        LogRing ring = LogRing.of(1);
        LlmListener throwing = new LlmListener() {
            @Override
            public void callEnded(LiveCall call, dev.llmops.core.record.CallRecord record) {
                throw new IllegalStateException();
            }
        };
        LlmOps llmops = LlmOps.builder()
                .listener(throwing)
                .listener(CallLog.builder().sink(ring).build())
                .build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish();
        assertThat(ring.entries()).hasSize(1);
    }

    @Test
    void a_ring_keeps_the_last_entries() {
        LogRing ring = LogRing.of(2);
        LlmOps llmops =
                LlmOps.builder().listener(CallLog.builder().sink(ring).build()).build();
        for (String model : new String[] {"a", "b", "c"}) {
            llmops.call(Operation.CHAT, "openai", model).start().finish();
        }
        assertThat(ring.entries())
                .extracting(entry -> entry.fields().get("model_id"))
                .containsExactly("b", "c");
    }
}
