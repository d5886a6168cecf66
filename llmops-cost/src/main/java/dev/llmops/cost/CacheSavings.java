package dev.llmops.cost;

import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.PriceBook;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Savings by caches: the price of the same call without them, less its cost.
 *
 * @param currency the ISO 4217 code of the amounts
 * @param promptCache what the provider's prompt cache saved; negative where writing to the cache cost more than reading
 *     from it saved
 * @param answerCache what the application's own cache saved by answering in the model's place
 * @since 0.1.0
 */
public record CacheSavings(String currency, BigDecimal promptCache, BigDecimal answerCache) {

    /**
     * Computes the savings of a call.
     *
     * @param record the call, with its usage; an answer from the application's cache saves what it would have used
     * @param book the prices
     * @return the savings, or empty if no cache was involved or the call has no price
     */
    public static Optional<CacheSavings> of(CallRecord record, PriceBook book) {
        boolean answered = record.cache() == CacheResult.HIT || record.cache() == CacheResult.COALESCED;
        TokenUsage usage = record.usage();
        if (!answered && usage.cachedInputTokens() == 0 && usage.cacheWriteTokens() == 0) {
            return Optional.empty();
        }
        Cost with = CallPricing.price(book, record, usage);
        if (answered) {
            return with.amount().map(saved -> new CacheSavings(with.currency(), BigDecimal.ZERO, saved));
        }
        Cost without = CallPricing.price(book, record, withoutCache(usage));
        return without.amount()
                .flatMap(full -> with.amount().map(full::subtract))
                .map(saved -> new CacheSavings(with.currency(), saved, BigDecimal.ZERO));
    }

    private static TokenUsage withoutCache(TokenUsage usage) {
        TokenUsage without = TokenUsage.inclusive(
                        usage.count(UsageKind.INPUT_TOKENS), usage.count(UsageKind.OUTPUT_TOKENS))
                .reasoning(usage.reasoningTokens());
        for (Map.Entry<UsageKind, Long> detail : usage.details().entrySet()) {
            UsageKind kind = detail.getKey();
            boolean cached = kind.isPartOf(UsageKind.CACHE_READ_TOKENS) || kind.isPartOf(UsageKind.CACHE_WRITE_TOKENS);
            without = cached ? without : without.with(kind, detail.getValue());
        }
        return without;
    }
}
