package dev.llmops.cost.accounting;

import java.math.BigDecimal;

/**
 * Someone who may be among those that spent most.
 *
 * @param key who
 * @param atMost what was spent at most
 * @param errorBound by how much that may be too high; the amount is at least the difference
 * @since 0.1.0
 */
public record TopSpender(String key, BigDecimal atMost, BigDecimal errorBound) {

    /**
     * Returns the lower bound of the spend.
     *
     * @return the guaranteed part
     */
    public BigDecimal atLeast() {
        return atMost.subtract(errorBound);
    }
}
