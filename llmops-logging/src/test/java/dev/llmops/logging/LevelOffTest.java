package dev.llmops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.ThreadMXBean;
import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LevelOffTest {

    private static final CallRecord RECORD = CallRecord.builder(
                    CallInfo.builder(new UUID(1, 2), Instant.EPOCH, Operation.CHAT, "openai", "gpt-4o")
                            .build(),
                    Outcome.COMPLETED,
                    Timing.builder(1).build())
            .build();

    @Test
    void a_level_that_is_off_costs_no_memory() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Logger logger = (Logger) LoggerFactory.getLogger("llmops.call");
        Level before = logger.getLevel();
        logger.setLevel(Level.WARN);
        try {
            CallLog log = CallLog.toSlf4j();
            LiveCall call = LlmOps.builder()
                    .build()
                    .call(Operation.CHAT, "openai", "gpt-4o")
                    .start()
                    .live();
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < 20 && allocated > 0; round++) {
                long start = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 10_000; i++) {
                    log.callEnded(call, RECORD);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - start;
            }
            assertThat(allocated).isZero();
        } finally {
            logger.setLevel(before);
        }
    }
}
