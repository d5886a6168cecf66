package dev.llmops.core;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * How many tokens a call used, and who says so. Immutable.
 *
 * <p>Providers disagree on whether cached, cache-written and reasoning tokens stand <em>inside</em> the totals
 * ({@link #inclusive}: OpenAI, Gemini, most compatible servers) or <em>beside</em> them ({@link #exclusive}: Anthropic's
 * and Bedrock's input). There is no default: the caller must say. Either way the accessors give inclusive totals.
 *
 * <p>Recording must not throw, so a negative total means "unknown" and a negative detail is ignored.
 *
 * <pre>{@code
 * TokenUsage.inclusive(812, 333).cachedInput(512)   // 812 in, of which 512 were read from a cache
 * TokenUsage.exclusive(300, 333).cachedInput(512)   // the same call, as Anthropic reports it
 * }</pre>
 *
 * @since 0.1.0
 */
public final class TokenUsage {

    private static final long UNKNOWN_COUNT = -1;

    private static final TokenUsage UNKNOWN =
            new TokenUsage(UsageOrigin.UNKNOWN, true, UNKNOWN_COUNT, UNKNOWN_COUNT, 0, 0, 0);

    private final UsageOrigin origin;
    private final boolean detailsInside;
    private final long inputTokens;
    private final long outputTokens;
    private final long cachedInputTokens;
    private final long cacheWriteTokens;
    private final long reasoningTokens;

    private TokenUsage(
            UsageOrigin origin,
            boolean detailsInside,
            long inputTokens,
            long outputTokens,
            long cachedInputTokens,
            long cacheWriteTokens,
            long reasoningTokens) {
        this.origin = origin;
        this.detailsInside = detailsInside;
        this.inputTokens = Math.max(inputTokens, UNKNOWN_COUNT);
        this.outputTokens = Math.max(outputTokens, UNKNOWN_COUNT);
        this.cachedInputTokens = Math.max(cachedInputTokens, 0);
        this.cacheWriteTokens = Math.max(cacheWriteTokens, 0);
        this.reasoningTokens = Math.max(reasoningTokens, 0);
    }

    /**
     * Usage whose details are parts of the totals.
     *
     * @param inputTokens all input tokens, cached ones included
     * @param outputTokens all output tokens, reasoning included
     * @return reported usage
     */
    public static TokenUsage inclusive(long inputTokens, long outputTokens) {
        return new TokenUsage(UsageOrigin.REPORTED, true, inputTokens, outputTokens, 0, 0, 0);
    }

    /**
     * Usage whose details come on top of the totals.
     *
     * @param inputTokens input tokens that were neither read from a cache nor written to one
     * @param outputTokens output tokens without those that are given to {@link #reasoning}
     * @return reported usage
     */
    public static TokenUsage exclusive(long inputTokens, long outputTokens) {
        return new TokenUsage(UsageOrigin.REPORTED, false, inputTokens, outputTokens, 0, 0, 0);
    }

    /**
     * Usage that was counted rather than reported.
     *
     * @param inputTokens estimated input tokens, or empty when there is no estimate
     * @param outputTokens estimated output tokens, or empty when there is no estimate
     * @return estimated usage
     */
    public static TokenUsage estimated(OptionalLong inputTokens, OptionalLong outputTokens) {
        return new TokenUsage(
                UsageOrigin.ESTIMATED,
                true,
                inputTokens.orElse(UNKNOWN_COUNT),
                outputTokens.orElse(UNKNOWN_COUNT),
                0,
                0,
                0);
    }

    /**
     * Usage that nobody knows.
     *
     * @return usage without counts
     */
    public static TokenUsage unknown() {
        return UNKNOWN;
    }

    /**
     * Adds the input tokens that were read from the provider's cache.
     *
     * @param tokens how many, ≥ 0
     * @return a copy
     */
    public TokenUsage cachedInput(long tokens) {
        return new TokenUsage(
                origin,
                detailsInside,
                total(inputTokens, tokens - cachedInputTokens),
                outputTokens,
                tokens,
                cacheWriteTokens,
                reasoningTokens);
    }

    /**
     * Adds the input tokens that were written to the provider's cache.
     *
     * @param tokens how many, ≥ 0
     * @return a copy
     */
    public TokenUsage cacheWrite(long tokens) {
        return new TokenUsage(
                origin,
                detailsInside,
                total(inputTokens, tokens - cacheWriteTokens),
                outputTokens,
                cachedInputTokens,
                tokens,
                reasoningTokens);
    }

    /**
     * Adds the output tokens that the model spent on thinking.
     *
     * @param tokens how many, ≥ 0
     * @return a copy
     */
    public TokenUsage reasoning(long tokens) {
        return new TokenUsage(
                origin,
                detailsInside,
                inputTokens,
                total(outputTokens, tokens - reasoningTokens),
                cachedInputTokens,
                cacheWriteTokens,
                tokens);
    }

    private long total(long total, long detailAdded) {
        return detailsInside || total < 0 ? total : total + Math.max(detailAdded, 0);
    }

    /**
     * Who says so.
     *
     * @return the origin of the counts
     */
    public UsageOrigin origin() {
        return origin;
    }

    /**
     * All input tokens, cached and cache-written ones included.
     *
     * @return the count, empty when unknown
     */
    public OptionalLong inputTokens() {
        return known(inputTokens);
    }

    /**
     * All output tokens, reasoning included.
     *
     * @return the count, empty when unknown
     */
    public OptionalLong outputTokens() {
        return known(outputTokens);
    }

    /**
     * Input tokens that were read from the provider's cache: a subset of {@link #inputTokens()}.
     *
     * @return the count, 0 when none were reported
     */
    public long cachedInputTokens() {
        return cachedInputTokens;
    }

    /**
     * Input tokens that were written to the provider's cache: a subset of {@link #inputTokens()}.
     *
     * @return the count, 0 when none were reported
     */
    public long cacheWriteTokens() {
        return cacheWriteTokens;
    }

    /**
     * Output tokens spent on thinking: a subset of {@link #outputTokens()}.
     *
     * @return the count, 0 when none were reported
     */
    public long reasoningTokens() {
        return reasoningTokens;
    }

    private static OptionalLong known(long count) {
        return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenUsage that
                && origin == that.origin
                && inputTokens == that.inputTokens
                && outputTokens == that.outputTokens
                && cachedInputTokens == that.cachedInputTokens
                && cacheWriteTokens == that.cacheWriteTokens
                && reasoningTokens == that.reasoningTokens;
    }

    @Override
    public int hashCode() {
        return Objects.hash(origin, inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens);
    }

    @Override
    public String toString() {
        return "TokenUsage[" + origin + ", input=" + inputTokens() + ", output=" + outputTokens() + ", cachedInput="
                + cachedInputTokens + ", cacheWrite=" + cacheWriteTokens + ", reasoning=" + reasoningTokens + "]";
    }
}
