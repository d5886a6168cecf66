package dev.llmops.cost.usage;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.UsageCounts;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Usage from maps whose keys are the names of {@link UsageKind}s, such as {@code input_tokens}. Durations are given in
 * seconds and may have fractions; everything else is counted in whole numbers.
 *
 * @since 0.1.0
 */
public final class UsageMaps {

    private static final int NANO_DIGITS = 9;

    private UsageMaps() {}

    /**
     * Usage whose details are parts of the totals. A total that is missing is 0, or unknown where a part of it was
     * reported.
     *
     * @param counts how much was used, by {@link UsageKind#key()}
     * @return reported usage
     * @throws IllegalArgumentException if a key names no kind or a count is negative or no whole number
     */
    public static TokenUsage inclusive(Map<String, ? extends Number> counts) {
        Map<UsageKind, Long> byKind = byKind(counts);
        TokenUsage usage =
                TokenUsage.inclusive(total(byKind, UsageKind.INPUT_TOKENS), total(byKind, UsageKind.OUTPUT_TOKENS));
        return withDetails(usage, byKind);
    }

    /**
     * Usage whose counts are disjoint: {@code input_tokens} is only what is nothing else.
     *
     * @param counts how much was used, by {@link UsageKind#key()}
     * @return reported usage, in the inclusive form
     * @throws IllegalArgumentException if a key names no kind or a count is negative or no whole number
     */
    public static TokenUsage exclusive(Map<String, ? extends Number> counts) {
        Map<UsageKind, Long> byKind = byKind(counts);
        TokenUsage usage = TokenUsage.exclusive(
                byKind.getOrDefault(UsageKind.INPUT_TOKENS, 0L), byKind.getOrDefault(UsageKind.OUTPUT_TOKENS, 0L));
        return withDetails(usage, byKind);
    }

    private static TokenUsage withDetails(TokenUsage totals, Map<UsageKind, Long> byKind) {
        TokenUsage usage = totals;
        for (Map.Entry<UsageKind, Long> count : byKind.entrySet()) {
            if (!count.getKey().equals(UsageKind.INPUT_TOKENS)
                    && !count.getKey().equals(UsageKind.OUTPUT_TOKENS)) {
                usage = usage.with(count.getKey(), count.getValue());
            }
        }
        return usage;
    }

    private static long total(Map<UsageKind, Long> byKind, UsageKind total) {
        Long given = byKind.get(total);
        if (given != null) {
            return given;
        }
        boolean partReported =
                byKind.entrySet().stream().anyMatch(count -> count.getKey().isPartOf(total) && count.getValue() > 0);
        return partReported ? UsageCounts.NOT_REPORTED : 0;
    }

    private static Map<UsageKind, Long> byKind(Map<String, ? extends Number> counts) {
        Map<UsageKind, Long> byKind = new TreeMap<>();
        counts.forEach((key, count) -> {
            UsageKind kind = UsageKind.ofKey(key)
                    .orElseThrow(() -> new IllegalArgumentException(key + " is no kind of usage; see UsageKind"));
            byKind.put(kind, count(kind, count));
        });
        return byKind;
    }

    private static long count(UsageKind kind, Number number) {
        try {
            BigDecimal count = new BigDecimal(number.toString());
            int shift = kind.family() == UsageKind.Family.DURATIONS ? NANO_DIGITS : 0;
            long whole = count.movePointRight(shift).longValueExact();
            if (whole >= 0) {
                return whole;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(kind.key() + " is " + number + " — a whole number", e);
        }
        throw new IllegalArgumentException(kind.key() + " is " + number + " — 0 or more");
    }
}
