package dev.llmops.core.record;

/**
 * The result of the application's response-cache lookup. (Cached <em>input tokens</em>, which a provider
 * bills at a lower price, are another matter: see {@link TokenUsage#cachedInputTokens()}.)
 *
 * @since 0.1.0
 */
public enum CacheResult {
    /** The answer came from the cache; no model worked. */
    HIT,
    /** The cache was asked and had nothing. */
    MISS,
    /** The call shared the answer of an identical call already on its way. */
    COALESCED
}
