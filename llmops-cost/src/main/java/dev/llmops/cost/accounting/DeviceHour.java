package dev.llmops.cost.accounting;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * Measurements of a deployment's devices in one hour: the model server's counters and the devices' busy time.
 *
 * @param hour when the hour begins
 * @param devices how many devices were paid for
 * @param prefill device time spent on reading input, cached input left aside
 * @param cachedPrefill device time spent on input that was found in the server's cache
 * @param decode device time spent on writing output
 * @param inputTokens input tokens that were read without the cache
 * @param cachedInputTokens input tokens that were found in the cache
 * @param outputTokens output tokens
 * @since 0.1.0
 */
public record DeviceHour(
        Instant hour,
        int devices,
        Duration prefill,
        Duration cachedPrefill,
        Duration decode,
        long inputTokens,
        long cachedInputTokens,
        long outputTokens) {

    /**
     * Checks the measures.
     *
     * @throws IllegalArgumentException if something is negative, or the devices were busy for more time than they had
     */
    public DeviceHour {
        if (devices < 1 || inputTokens < 0 || cachedInputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException("devices are " + devices + " and tokens " + inputTokens + ", "
                    + cachedInputTokens + ", " + outputTokens + " — at least 1 device, and 0 tokens or more");
        }
        Duration busy = prefill.plus(cachedPrefill).plus(decode);
        if (prefill.isNegative() || cachedPrefill.isNegative() || decode.isNegative()) {
            throw new IllegalArgumentException("device time is negative — 0 or more");
        }
        if (busy.compareTo(Duration.ofHours(devices)) > 0) {
            throw new IllegalArgumentException("device time is " + busy + " — at most " + devices + " hours");
        }
    }

    Duration busy() {
        return prefill.plus(cachedPrefill).plus(decode);
    }

    static BigDecimal nanos(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).movePointRight(9).add(BigDecimal.valueOf(duration.getNano()));
    }
}
