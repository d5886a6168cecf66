package dev.llmops.samples.gateway.mock;

import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The plan of one answer, complete before its first byte: the script, with all other parts drawn from the seed. */
final class MockPlan {

    // A quick, small model: even its longest answers take well under a second.
    private static final LogNormal TTFT_MILLIS = new LogNormal(110, 0.35);
    private static final LogNormal GAP_MILLIS = new LogNormal(6, 0.5);
    private static final LogNormal TOKENS = new LogNormal(24, 0.4);
    private static final int MIN_TOKENS = 8;
    private static final int MAX_DRAWN_TOKENS = 40;

    final long seed;
    final int inputTokens;
    final int cachedTokens;
    final int outputTokens;
    final int reasoningTokens;
    final int tokensPerChunk;
    final boolean cutByLimit;
    final double ttftMillis;
    final @Nullable Double faithfulness;
    final boolean leaks;
    final @Nullable MockFault fault;
    /** The token at which the fault strikes: so many are streamed before it. */
    final int faultAfter;

    private final @Nullable Integer gapMillis;
    private final SplittableRandom gaps;

    /**
     * @param promptTokens what the request's messages amount to, unless the script says otherwise
     * @param maxTokens the request's own limit; a script that names its tokens is obeyed before it
     * @param drawnSeed the seed of a script that names none
     * @param defect changes what the script leaves open
     */
    MockPlan(MockScript script, int promptTokens, int maxTokens, long drawnSeed, MockDefect defect) {
        seed = Objects.requireNonNullElse(script.seed(), drawnSeed);
        SplittableRandom random = new SplittableRandom(seed);
        gaps = random.split();
        double drawnTtft = defect.ttftMillis(TTFT_MILLIS.sample(random));
        int drawnTokens = defect.tokens((int) Math.max(MIN_TOKENS, Math.min(MAX_DRAWN_TOKENS, TOKENS.sample(random))));

        cachedTokens = Objects.requireNonNullElse(script.cachedTokens(), 0);
        inputTokens = Objects.requireNonNullElse(script.inputTokens(), Math.max(promptTokens, cachedTokens));
        reasoningTokens = Objects.requireNonNullElse(script.reasoningTokens(), 0);
        int wanted = Objects.requireNonNullElse(script.tokens(), reasoningTokens + drawnTokens);
        cutByLimit = script.tokens() == null && wanted > maxTokens;
        outputTokens = cutByLimit ? Math.max(maxTokens, reasoningTokens) : wanted;
        tokensPerChunk = Objects.requireNonNullElse(script.tokensPerChunk(), 1);
        ttftMillis = script.ttftMillis() == null ? drawnTtft : script.ttftMillis();
        gapMillis = script.gapMillis();
        faithfulness = defect.faithfulness(script.faithfulness(), random);
        leaks = defect.leaks(random);
        fault = script.fault();
        faultAfter = fault == null
                ? Integer.MAX_VALUE
                : Math.min(outputTokens, Objects.requireNonNullElse(script.after(), fault.defaultAfter(outputTokens)));
    }

    /** The time from one chunk to the next; each call draws the next one. */
    double nextGapMillis() {
        return gapMillis == null ? GAP_MILLIS.sample(gaps) : gapMillis;
    }

    String finishReason() {
        return cutByLimit ? "length" : "stop";
    }

    /** Returns true if the fault replaces the whole answer: an HTTP error instead of a stream. */
    boolean refusesAtOnce() {
        return fault == MockFault.ERROR_BEFORE_FIRST_TOKEN
                || (faultAfter == 0 && (fault == MockFault.RATE_LIMITED || fault == MockFault.OUT_OF_MEMORY));
    }

    /** Returns true if the chunk that begins at this token is reasoning. */
    boolean isReasoning(int token) {
        return token < reasoningTokens;
    }

    /** Returns the end of the chunk that begins at this token; a chunk mixes no kinds and does not reach past the fault. */
    int chunkEnd(int token) {
        int end = Math.min(token + tokensPerChunk, isReasoning(token) ? reasoningTokens : outputTokens);
        return token < faultAfter ? Math.min(end, faultAfter) : end;
    }
}
