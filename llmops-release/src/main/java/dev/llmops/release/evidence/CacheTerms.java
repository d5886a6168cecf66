package dev.llmops.release.evidence;

/**
 * Says at which cache hit ratio costs are compared. A small arm has cold prompt caches and looks dearer for no fault of its
 * version; so the input of every call is priced again at the baseline's hit ratio.
 *
 * @param hitRatio share of the input tokens that the baseline reads from the provider's cache, in [0, 1]
 * @param cachedPriceRatio price of a cached input token ÷ price of an uncached one, in (0, 1]
 * @param outputPriceRatio price of an output token ÷ price of an uncached input token, &gt; 0
 * @since 0.1.0
 */
public record CacheTerms(double hitRatio, double cachedPriceRatio, double outputPriceRatio) {

    /** Terms under which every call costs what it was billed. */
    public static final CacheTerms AS_BILLED = new CacheTerms(0, 1, 1);

    /**
     * Returns what a call would have cost at the common hit ratio: its cost gives the price of an uncached token, and that
     * the cost of the same tokens.
     *
     * @param cost what it did cost, ≥ 0
     * @param inputTokens all input tokens
     * @param cachedTokens those read from the cache
     * @param outputTokens all output tokens
     * @return the standardised cost; the cost itself without tokens
     */
    public double standardised(double cost, long inputTokens, long cachedTokens, long outputTokens) {
        double output = outputTokens * outputPriceRatio;
        double billed = (inputTokens - cachedTokens) + cachedTokens * cachedPriceRatio + output;
        double common = inputTokens * (1 - hitRatio + hitRatio * cachedPriceRatio) + output;
        return billed > 0 ? cost * common / billed : cost;
    }
}
