package dev.llmops.core;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.version.VersionSet;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs calls that nothing records, so that the first real call finds its classes loaded. */
final class WarmUp {

    private static final int CALLS = 20;

    private WarmUp() {}

    static void run(CallPipeline pipeline) {
        pipeline.warmUp(sample());
    }

    private static CallRecord sample() {
        AtomicReference<@Nullable CallRecord> last = new AtomicReference<>();
        LlmListener keep = new LlmListener() {
            @Override
            public void callEnded(LiveCall call, CallRecord record) {
                last.set(record);
            }
        };
        try (LlmOps own = LlmOps.builder()
                .detectVersions(false)
                .versionSet(VersionSet.builder().code("warm-up").build())
                .telemetry(new Telemetry())
                .listener(keep)
                .build()) {
            for (int i = 0; i < CALLS; i++) {
                complete(own);
                own.observe(own.call(Operation.CHAT, "warm-up", "warm-up"), call -> "answer");
                own.call(Operation.CHAT, "warm-up", "warm-up").start().fail(new IllegalStateException("warm-up"));
            }
            complete(own);
        }
        return Objects.requireNonNull(last.get());
    }

    private static void complete(LlmOps own) {
        LlmCall call = own.call(Operation.CHAT, "warm-up", "warm-up")
                .requestId("warm-up")
                .user("warm-up")
                .tenant("warm-up")
                .feature("warm-up")
                .streaming(true)
                .start();
        try (Scope scope = call.makeCurrent();
                Phase phase = call.phase("warm-up")) {
            call.chunk(0);
            call.chunk(1);
            call.chunk(2);
        }
        call.usage(TokenUsage.inclusive(1, 3).cachedInput(1))
                .responseModel("warm-up")
                .finishReason(0, "stop")
                .endOfStream();
        own.feedback("warm-up", LlmEvent.Verdict.UP, null);
    }
}
