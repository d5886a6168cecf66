package dev.llmops.metrics.internal;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A sum of money. It is exact for any order and any number of threads; only what is shown is
 * a double, the nearest one there is, so that a sum of up to 15 digits is shown to the last of them.
 *
 * <p>See docs/decisions/metrics.md#cost-is-an-exact-decimal-sum-shown-as-the-nearest-double.
 */
final class DecimalSum {

    private final AtomicReference<BigDecimal> sum = new AtomicReference<>(BigDecimal.ZERO);

    void add(BigDecimal amount) {
        sum.accumulateAndGet(amount, BigDecimal::add);
    }

    double nearestDouble() {
        return Objects.requireNonNull(sum.get()).doubleValue();
    }
}
