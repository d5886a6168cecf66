package dev.llmops.benchmarks;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Measurements of one call by hand-written code. */
record HandWrittenFigures(
        long totalNanos,
        long firstTokenNanos,
        long generationNanos,
        long perTokenNanos,
        @Nullable BigDecimal cost,
        int chunks) {

    private static final BigDecimal INPUT_PRICE = new BigDecimal("0.0000025");
    private static final BigDecimal CACHED_PRICE = new BigDecimal("0.00000125");
    private static final BigDecimal OUTPUT_PRICE = new BigDecimal("0.00001");

    /** A call as a service has them: times of this size are what is printed, with as many digits. */
    static final HandWrittenFigures SAMPLE = new HandWrittenFigures(
            1_750_123_456, 220_123_456, 1_500_123_456, 7_538_309, priceByHand(), SampleCall.CHUNKS);

    long afterLastTokenNanos() {
        return totalNanos - firstTokenNanos - generationNanos;
    }

    boolean isStream() {
        return chunks > 0;
    }

    /** Two prices and a discount, multiplied by hand. */
    static BigDecimal priceByHand() {
        return INPUT_PRICE
                .multiply(BigDecimal.valueOf(SampleCall.INPUT_TOKENS - SampleCall.CACHED_TOKENS))
                .add(CACHED_PRICE.multiply(BigDecimal.valueOf(SampleCall.CACHED_TOKENS)))
                .add(OUTPUT_PRICE.multiply(BigDecimal.valueOf(SampleCall.CHUNKS)));
    }
}
