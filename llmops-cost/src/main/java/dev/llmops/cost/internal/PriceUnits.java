package dev.llmops.cost.internal;

import dev.llmops.core.record.UsageKind;
import java.math.BigDecimal;

/** The units that a price covers in the usual price lists: a million tokens, a thousand searches, an hour. */
public final class PriceUnits {

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal HOUR_IN_SECONDS = BigDecimal.valueOf(3_600);

    private PriceUnits() {}

    public static BigDecimal usualPer(UsageKind kind) {
        return switch (kind.family()) {
            case TOKENS, CHARACTERS -> MILLION;
            case MESSAGES, DOCUMENT_PAGES, RERANK, TOOL_CALLS, REQUESTS -> THOUSAND;
            case DURATIONS -> HOUR_IN_SECONDS;
            case PIXELS -> BILLION;
            case IMAGES, OTHER -> BigDecimal.ONE;
        };
    }
}
