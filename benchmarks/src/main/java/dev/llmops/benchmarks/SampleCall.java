package dev.llmops.benchmarks;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.version.VersionSet;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The streamed call that all benchmarks of whole calls observe. */
final class SampleCall {

    static final int CHUNKS = 200;
    static final long INPUT_TOKENS = 812;
    static final long CACHED_TOKENS = 512;
    static final String PROVIDER = "openai";
    static final String MODEL = "gpt-4o";
    static final String RESPONSE_MODEL = "gpt-4o-2024-08-06";
    static final String USER = "u1";
    static final String TENANT = "acme";
    static final String FEATURE = "support";
    static final VersionSet VERSIONS =
            VersionSet.builder().code("1.4.2").prompt("support-v12").build();

    private SampleCall() {}

    static LlmCall start(LlmOps llmops, String requestId) {
        return start(llmops, requestId, CHUNKS);
    }

    static LlmCall start(LlmOps llmops, String requestId, int chunks) {
        return llmops.call(Operation.CHAT, PROVIDER, MODEL)
                .user(USER)
                .tenant(TENANT)
                .feature(FEATURE)
                .requestId(requestId)
                .streaming(chunks > 0)
                .start();
    }

    static void streamAndFinish(LlmCall call) {
        streamAndFinish(call, CHUNKS);
    }

    static void streamAndFinish(LlmCall call, int chunks) {
        for (int i = 0; i < chunks; i++) {
            call.chunk(1);
        }
        call.responseModel(RESPONSE_MODEL);
        call.usage(TokenUsage.inclusive(INPUT_TOKENS, CHUNKS).cachedInput(CACHED_TOKENS))
                .finish("stop");
    }

    /** The record of such a call, priced. */
    static CallRecord record() {
        AtomicReference<CallRecord> ended = new AtomicReference<>();
        try (LlmOps llmops = LlmOps.builder()
                .versionSet(VERSIONS)
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(new LlmListener() {
                    @Override
                    public void callStarted(LiveCall call) {
                        call.trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
                    }

                    @Override
                    public void callEnded(LiveCall call, CallRecord record) {
                        ended.set(record);
                    }
                })
                .build()) {
            streamAndFinish(start(llmops, "r-1"));
        }
        return Objects.requireNonNull(ended.get());
    }
}
