package dev.llmops.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the values of one label: the first <i>N</i> distinct values keep their name, every other becomes
 * {@value #OTHER} and is counted as {@code llm.telemetry.label.overflow}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LabelLimiter {

    /** Stands for every value beyond the limit. */
    public static final String OTHER = "other";

    /** Stands for a value that nobody stated. */
    public static final String UNKNOWN = "unknown";

    private final String label;
    private final int maxValues;
    private final Telemetry telemetry;
    private final Set<String> admitted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger places;

    /**
     * Creates a limiter that has admitted nothing.
     *
     * @param label the label's name, for the overflow counter
     * @param maxValues how many distinct values keep their name, ≥ 1
     * @param telemetry where overflow is counted
     * @throws IllegalArgumentException if {@code maxValues} is below 1
     */
    public LabelLimiter(String label, int maxValues, Telemetry telemetry) {
        if (maxValues < 1) {
            throw new IllegalArgumentException("labelLimit." + label + " must be at least 1, but was " + maxValues);
        }
        this.label = label;
        this.maxValues = maxValues;
        this.telemetry = telemetry;
        this.places = new AtomicInteger();
    }

    /**
     * Bounds a value.
     *
     * @param value the value; null and blank become {@value #UNKNOWN}, which takes no place
     * @return the value itself, or what stands for it
     */
    public String limit(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return UNKNOWN;
        }
        if (admitted.contains(value)) {
            return value;
        }
        // The place is taken before the value is added, so that racing threads cannot admit more than there are places.
        if (places.get() < maxValues && places.getAndIncrement() < maxValues) {
            if (!admitted.add(value)) {
                places.getAndDecrement();
            }
            return value;
        }
        telemetry.count(Telemetry.Kind.LABEL_OVERFLOW, label);
        return OTHER;
    }
}
