package dev.llmops.logging;

import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.ObjectMapper;

/** Calls that are logged into memory, under a clock that moves only when told. */
final class Logged {

    private static final ObjectMapper JSON = new ObjectMapper();

    final FakeTicker ticker = new FakeTicker();
    final LogRing ring = LogRing.of(100);
    final LlmOps llmops;

    Logged() {
        this(log -> log);
    }

    Logged(UnaryOperator<CallLog.Builder> log) {
        this(log, ops -> ops);
    }

    Logged(UnaryOperator<CallLog.Builder> log, UnaryOperator<LlmOpsBuilder> ops) {
        llmops = ops.apply(LlmOps.builder()
                        .ticker(ticker)
                        .clock(ticker.clock())
                        .listener(log.apply(CallLog.builder().sink(ring)).build()))
                .build();
    }

    LlmCallBuilder chat() {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o");
    }

    /** The only entry, which must be valid. */
    LogEntry entry() {
        if (ring.entries().size() != 1) {
            throw new AssertionError("expected one entry, but there are " + ring.entries());
        }
        LogEntry entry = ring.entries().get(0);
        LogSchema.assertValid(entry.json());
        return entry;
    }

    /** The fields of the only entry, read back from its JSON. */
    @SuppressWarnings("unchecked")
    Map<String, Object> fields() {
        return JSON.readValue(entry().json(), Map.class);
    }
}
