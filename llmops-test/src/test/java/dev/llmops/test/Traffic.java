package dev.llmops.test;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;

/** Streams on a fake clock, one after the other. */
final class Traffic {

    private final FakeTicker ticker = new FakeTicker();
    private final LlmOps llmops;

    Traffic(SloRun run) {
        llmops = LlmOps.builder()
                .ticker(ticker)
                .clock(ticker.clock())
                .listener(run)
                .build();
    }

    LlmOps llmops() {
        return llmops;
    }

    void answer(String requestId, long ttftMillis) {
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .requestId(requestId)
                .streaming(true)
                .start();
        ticker.advanceMillis(ttftMillis);
        call.chunk(1);
        ticker.advanceMillis(20);
        call.finish("stop");
    }

    void answers(int count, long ttftMillis) {
        for (int i = 0; i < count; i++) {
            answer("r-" + i, ttftMillis);
        }
    }
}
