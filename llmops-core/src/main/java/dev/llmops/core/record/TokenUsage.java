package dev.llmops.core.record;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The usage of a call and its origin. Immutable.
 *
 * <p>Providers disagree on whether cached, cache-written and reasoning tokens stand <em>inside</em> the totals
 * ({@link #inclusive}: OpenAI, Gemini, most compatible servers) or <em>outside</em> them ({@link #exclusive}: Anthropic's
 * and Bedrock's input). There is no default: the caller must say. Either way the accessors give inclusive totals.
 *
 * <p>Besides tokens a call may use anything that a {@link UsageKind} names: images, seconds, searches. The five counts
 * that most calls have are plain fields; only others cost a map.
 *
 * <p>Recording must not throw, so a negative total means "unknown" and a negative detail is ignored.
 *
 * <pre>{@code
 * TokenUsage.inclusive(812, 333).cachedInput(512)   // 812 in, of which 512 were read from a cache
 * TokenUsage.exclusive(300, 333).cachedInput(512)   // the same call, as Anthropic reports it
 * TokenUsage.inclusive(812, 333).with(UsageKind.WEB_SEARCHES, 2)
 * }</pre>
 *
 * @since 0.1.0
 */
public final class TokenUsage {

    private static final long UNKNOWN_COUNT = -1;

    private static final TokenUsage UNKNOWN =
            new TokenUsage(UsageOrigin.UNKNOWN, true, UNKNOWN_COUNT, UNKNOWN_COUNT, 0, 0, 0, Map.of());

    private static final TokenUsage NONE = inclusive(0, 0).with(UsageKind.REQUESTS, 0);

    private final UsageOrigin origin;
    private final boolean detailsInside;
    private final long inputTokens;
    private final long outputTokens;
    private final long cachedInputTokens;
    private final long cacheWriteTokens;
    private final long reasoningTokens;
    private final Map<UsageKind, Long> details;

    private TokenUsage(
            UsageOrigin origin,
            boolean detailsInside,
            long inputTokens,
            long outputTokens,
            long cachedInputTokens,
            long cacheWriteTokens,
            long reasoningTokens,
            Map<UsageKind, Long> details) {
        this.origin = origin;
        this.detailsInside = detailsInside;
        this.inputTokens = Math.max(inputTokens, UNKNOWN_COUNT);
        this.outputTokens = Math.max(outputTokens, UNKNOWN_COUNT);
        this.cachedInputTokens = Math.max(cachedInputTokens, 0);
        this.cacheWriteTokens = Math.max(cacheWriteTokens, 0);
        this.reasoningTokens = Math.max(reasoningTokens, 0);
        this.details = details;
    }

    /**
     * Creates usage whose details are parts of the totals.
     *
     * @param inputTokens all input tokens, cached ones included
     * @param outputTokens all output tokens, reasoning included
     * @return reported usage
     */
    public static TokenUsage inclusive(long inputTokens, long outputTokens) {
        return new TokenUsage(UsageOrigin.REPORTED, true, inputTokens, outputTokens, 0, 0, 0, Map.of());
    }

    /** {@return the usage of a call on which no model worked: no tokens, and no request that could be billed} */
    public static TokenUsage none() {
        return NONE;
    }

    /**
     * Creates usage whose details come on top of the totals.
     *
     * @param inputTokens input tokens that were neither read from a cache nor written to one, nor given to
     *     {@link #with} as another kind of input
     * @param outputTokens output tokens without those that are given to {@link #reasoning} or {@link #with}
     * @return reported usage
     */
    public static TokenUsage exclusive(long inputTokens, long outputTokens) {
        return new TokenUsage(UsageOrigin.REPORTED, false, inputTokens, outputTokens, 0, 0, 0, Map.of());
    }

    /**
     * Creates usage that was estimated rather than reported.
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
                0,
                Map.of());
    }

    /** {@return unknown usage} */
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
        return copy(
                total(inputTokens, Math.max(tokens, 0) - cachedInputTokens),
                outputTokens,
                tokens,
                cacheWriteTokens,
                reasoningTokens,
                details);
    }

    /**
     * Adds the input tokens that were written to the provider's cache.
     *
     * @param tokens how many, ≥ 0
     * @return a copy
     */
    public TokenUsage cacheWrite(long tokens) {
        return copy(
                total(inputTokens, Math.max(tokens, 0) - cacheWriteTokens),
                outputTokens,
                cachedInputTokens,
                tokens,
                reasoningTokens,
                details);
    }

    /**
     * Adds the output tokens that the model spent on reasoning.
     *
     * @param tokens how many, ≥ 0
     * @return a copy
     */
    public TokenUsage reasoning(long tokens) {
        return copy(
                inputTokens,
                total(outputTokens, Math.max(tokens, 0) - reasoningTokens),
                cachedInputTokens,
                cacheWriteTokens,
                tokens,
                details);
    }

    /**
     * Adds a count of any kind. Under {@link #exclusive} it also counts towards every kind that it is a part of, so a
     * cache write of known lifetime is given as such and not to {@link #cacheWrite} as well. A total that is given here
     * replaces the earlier one.
     *
     * @param kind what was used
     * @param count how much, ≥ 0; nanoseconds for durations
     * @return a copy
     */
    public TokenUsage with(UsageKind kind, long count) {
        return switch (kind.index()) {
            case UsageKind.INPUT -> withTotals(count, outputTokens);
            case UsageKind.OUTPUT -> withTotals(inputTokens, count);
            case UsageKind.CACHE_READ -> cachedInput(count);
            case UsageKind.CACHE_WRITE -> cacheWrite(count);
            case UsageKind.REASONING -> reasoning(count);
            default -> count < 0 ? this : withDetail(kind, count);
        };
    }

    private TokenUsage copy(
            long input, long output, long cached, long written, long reasoned, Map<UsageKind, Long> moreDetails) {
        return new TokenUsage(origin, detailsInside, input, output, cached, written, reasoned, moreDetails);
    }

    private TokenUsage withTotals(long input, long output) {
        return copy(input, output, cachedInputTokens, cacheWriteTokens, reasoningTokens, details);
    }

    private TokenUsage withDetail(UsageKind kind, long count) {
        boolean isInside = detailsInside || kind.family() != UsageKind.Family.TOKENS;
        return isInside ? withDetailInside(kind, count) : withDetailOutside(kind, count);
    }

    private TokenUsage withDetailInside(UsageKind kind, long count) {
        Map<UsageKind, Long> more = with(details, kind, count);
        return copy(inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens, more);
    }

    private static Map<UsageKind, Long> with(Map<UsageKind, Long> details, UsageKind kind, long count) {
        if (details.isEmpty()) {
            // Most calls with details have one, and it needs no tree.
            return Collections.singletonMap(kind, count);
        }
        Map<UsageKind, Long> more = new TreeMap<>(details);
        more.put(kind, count);
        return Collections.unmodifiableMap(more);
    }

    private TokenUsage withDetailOutside(UsageKind kind, long count) {
        Map<UsageKind, Long> more = new TreeMap<>(details);
        long added = count - Math.max(0, count(kind));
        more.put(kind, count);
        more.replaceAll((other, old) -> kind.isPartOf(other) ? Long.valueOf(old + added) : old);
        return new TokenUsage(
                origin,
                false,
                total(inputTokens, kind.isPartOf(UsageKind.INPUT_TOKENS) ? added : 0),
                total(outputTokens, kind.isPartOf(UsageKind.OUTPUT_TOKENS) ? added : 0),
                cachedInputTokens + (kind.isPartOf(UsageKind.CACHE_READ_TOKENS) ? added : 0),
                cacheWriteTokens + (kind.isPartOf(UsageKind.CACHE_WRITE_TOKENS) ? added : 0),
                reasoningTokens + (kind.isPartOf(UsageKind.OUTPUT_REASONING_TOKENS) ? added : 0),
                Collections.unmodifiableMap(more));
    }

    private long total(long total, long detailAdded) {
        return detailsInside || total < 0 ? total : total + detailAdded;
    }

    /**
     * Merges a later report of the same call into this one, for providers that report usage in several events: what the
     * later one knows replaces what this one says. Counts are cumulative, as in Anthropic's {@code message_start} and
     * {@code message_delta}.
     *
     * @param later the later report; details that it leaves out keep their counts
     * @return the merged usage
     */
    public TokenUsage mergedWith(TokenUsage later) {
        if (origin == UsageOrigin.UNKNOWN || later.origin == UsageOrigin.UNKNOWN) {
            return origin == UsageOrigin.UNKNOWN ? later : this;
        }
        long cached = later.cachedInputTokens == 0 ? cachedInputTokens : later.cachedInputTokens;
        long written = later.cacheWriteTokens == 0 ? cacheWriteTokens : later.cacheWriteTokens;
        long reasoned = later.reasoningTokens == 0 ? reasoningTokens : later.reasoningTokens;
        // Exclusive totals have their own details added already, so only those kept from this report are missing.
        long keptInput = cached - later.cachedInputTokens + written - later.cacheWriteTokens;
        long keptOutput = reasoned - later.reasoningTokens;
        Map<UsageKind, Long> merged = new TreeMap<>(details);
        merged.putAll(later.details);
        return new TokenUsage(
                later.origin,
                later.detailsInside,
                later.inputTokens < 0 ? inputTokens : later.total(later.inputTokens, keptInput),
                later.outputTokens < 0 ? outputTokens : later.total(later.outputTokens, keptOutput),
                cached,
                written,
                reasoned,
                Collections.unmodifiableMap(merged));
    }

    /**
     * Adds the usage of another request that was made for the same call.
     *
     * @param other the other request's usage
     * @return the sum; an estimate if either is one or is unknown
     */
    public TokenUsage plus(TokenUsage other) {
        Map<UsageKind, Long> sum = new TreeMap<>(details);
        other.details.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
        sum.put(UsageKind.REQUESTS, count(UsageKind.REQUESTS) + other.count(UsageKind.REQUESTS));
        return new TokenUsage(
                origin == other.origin ? origin : UsageOrigin.ESTIMATED,
                true,
                sum(inputTokens, other.inputTokens),
                sum(outputTokens, other.outputTokens),
                cachedInputTokens + other.cachedInputTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                reasoningTokens + other.reasoningTokens,
                Collections.unmodifiableMap(sum));
    }

    private static long sum(long one, long other) {
        return one < 0 || other < 0 ? Math.max(one, other) : one + other;
    }

    /**
     * Returns this usage with unknown totals taken from an estimate.
     *
     * @param input the estimated input tokens; negative for none
     * @param output the estimated output tokens; negative for none
     * @return this usage if nothing was estimated, else a copy of origin {@link UsageOrigin#ESTIMATED}
     */
    public TokenUsage orElseEstimated(long input, long output) {
        boolean estimatesInput = inputTokens < 0 && input >= 0;
        boolean estimatesOutput = outputTokens < 0 && output >= 0;
        return !estimatesInput && !estimatesOutput
                ? this
                : new TokenUsage(
                        UsageOrigin.ESTIMATED,
                        detailsInside,
                        estimatesInput ? input : inputTokens,
                        estimatesOutput ? output : outputTokens,
                        cachedInputTokens,
                        cacheWriteTokens,
                        reasoningTokens,
                        details);
    }

    /** {@return the origin of the counts} */
    public UsageOrigin origin() {
        return origin;
    }

    /** {@return all input tokens, cached and cache-written ones included, empty when unknown} */
    public OptionalLong inputTokens() {
        return known(inputTokens);
    }

    /** {@return all output tokens, reasoning included, empty when unknown} */
    public OptionalLong outputTokens() {
        return known(outputTokens);
    }

    /**
     * {@return input tokens that were read from the provider's cache: a subset of {@link #inputTokens()}, 0 when
     * none were reported}
     */
    public long cachedInputTokens() {
        return cachedInputTokens;
    }

    /**
     * {@return input tokens that were written to the provider's cache: a subset of {@link #inputTokens()}, 0 when
     * none were reported}
     */
    public long cacheWriteTokens() {
        return cacheWriteTokens;
    }

    /** {@return output tokens spent on reasoning: a subset of {@link #outputTokens()}, 0 when none were reported} */
    public long reasoningTokens() {
        return reasoningTokens;
    }

    /**
     * Returns the count of any kind, in the inclusive form.
     *
     * @param kind what was used
     * @return the count; −1 when nothing is known of it, except that a call is 1 request unless said otherwise and the
     *     three details with accessors of their own are 0
     */
    public long count(UsageKind kind) {
        return switch (kind.index()) {
            case UsageKind.INPUT -> inputTokens;
            case UsageKind.OUTPUT -> outputTokens;
            case UsageKind.CACHE_READ -> cachedInputTokens;
            case UsageKind.CACHE_WRITE -> cacheWriteTokens;
            case UsageKind.REASONING -> reasoningTokens;
            default -> detail(kind);
        };
    }

    private long detail(UsageKind kind) {
        Long count = details.isEmpty() ? null : details.get(kind);
        if (count != null) {
            return count;
        }
        return kind.equals(UsageKind.REQUESTS) ? 1 : UNKNOWN_COUNT;
    }

    /**
     * {@return the counts without an accessor of their own, an unmodifiable map in the order of {@link UsageKind},
     * usually empty}
     */
    public Map<UsageKind, Long> details() {
        return details;
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
                && reasoningTokens == that.reasoningTokens
                && details.equals(that.details);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                origin, inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens, details);
    }

    @Override
    public String toString() {
        return "TokenUsage[" + origin + ", input=" + inputTokens() + ", output=" + outputTokens() + ", cachedInput="
                + cachedInputTokens + ", cacheWrite=" + cacheWriteTokens + ", reasoning=" + reasoningTokens
                + (details.isEmpty() ? "" : ", " + details) + "]";
    }
}
