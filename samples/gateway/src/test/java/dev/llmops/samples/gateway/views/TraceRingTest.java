package dev.llmops.samples.gateway.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.TraceIds;
import dev.llmops.core.record.Operation;
import dev.llmops.logging.CallLog;
import org.junit.jupiter.api.Test;

class TraceRingTest {

    @Test
    void only_the_latest_entries_are_kept() {
        TraceRing ring = new TraceRing(2, Long.MAX_VALUE);
        log(ring, "t1", "t2", "t3");
        assertThat(ring.find("t1")).isEmpty();
        assertThat(ring.find("t2")).hasSize(1);
        assertThat(ring.find("t3")).hasSize(1);
    }

    @Test
    void only_so_many_characters_are_kept() {
        TraceRing whole = new TraceRing(10, Long.MAX_VALUE);
        log(whole, "t1");
        int length = whole.find("t1").get(0).json().length();
        TraceRing ring = new TraceRing(10, 2L * length);
        log(ring, "t1", "t2", "t3", "t4");
        assertThat(ring.find("t1")).isEmpty();
        assertThat(ring.find("t4")).hasSize(1);
    }

    @Test
    void an_entry_longer_than_all_that_is_kept_is_not_kept() {
        TraceRing ring = new TraceRing(10, 20);
        log(ring, "t1");
        assertThat(ring.find("t1")).isEmpty();
    }

    @Test
    void both_ids_of_a_trace_find_it() {
        TraceRing ring = new TraceRing(10, Long.MAX_VALUE);
        log(ring, "t1", "t2", "t1");
        assertThat(ring.find("t1")).hasSize(2).isEqualTo(ring.find(TraceIds.toW3c("t1")));
        assertThat(ring.find("t1").get(0).traceId()).isEqualTo("t1");
    }

    private static void log(TraceRing ring, String... traceIds) {
        LlmOps llmops =
                LlmOps.builder().listener(CallLog.builder().sink(ring).build()).build();
        for (String traceId : traceIds) {
            try (LlmCall call =
                    llmops.call(Operation.CHAT, "p", "m").traceId(traceId).start()) {
                call.finish("stop");
            }
        }
    }
}
