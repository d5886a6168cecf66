package dev.llmops.benchmarks;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.version.VersionSet;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import java.time.Duration;
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

    static final String CHANGE = "support-v13";
    static final long UNIT = 0x5eedL;
    static final String PROMPT =
            "Please write to li.test97@example.com when the order of last Friday has left the warehouse.";
    static final String ANSWER = "It left on Monday at 14:05 and is due on Thursday; I wrote to li.test97@example.com.";

    private static final long TIME_LAPSE = 50_000;

    private SampleCall() {}

    /**
     * A clock for both sides. Between two chunks it moves by milliseconds, as under a real stream, since printing a time costs
     * by its digits, and a span of nanoseconds in milliseconds has the most expensive ones.
     */
    static long nanos() {
        return System.nanoTime() * TIME_LAPSE;
    }

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
        finish(call);
    }

    private static void finish(LlmCall call) {
        call.responseModel(RESPONSE_MODEL);
        call.usage(TokenUsage.inclusive(INPUT_TOKENS, CHUNKS).cachedInput(CACHED_TOKENS))
                .finish("stop");
    }

    /** The record of such a call, priced, with the figures that {@link HandWrittenFigures#SAMPLE} has. */
    static CallRecord record() {
        AtomicReference<CallRecord> ended = new AtomicReference<>();
        FakeTicker ticker = new FakeTicker();
        try (LlmOps llmops = LlmOps.builder()
                .ticker(ticker)
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
            LlmCall call = start(llmops, "r-1");
            ticker.advance(Duration.ofNanos(HandWrittenFigures.SAMPLE.firstTokenNanos()));
            call.chunk(1);
            ticker.advance(Duration.ofNanos(HandWrittenFigures.SAMPLE.generationNanos()));
            call.chunk(CHUNKS - 1);
            ticker.advance(Duration.ofNanos(HandWrittenFigures.SAMPLE.afterLastTokenNanos()));
            finish(call);
        }
        return Objects.requireNonNull(ended.get());
    }
}
