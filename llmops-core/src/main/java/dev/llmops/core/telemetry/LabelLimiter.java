package dev.llmops.core.telemetry;

import dev.llmops.core.privacy.SafeText;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Stands for a missing value. */
    public static final String UNKNOWN = "unknown";

    private final String label;
    private final int maxValues;
    private final Telemetry telemetry;
    private final Set<String> admitted = ConcurrentHashMap.newKeySet();

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
            throw new IllegalArgumentException("labelLimit." + label + " is too small (" + maxValues
                    + ") — at least 1 is allowed — pass e.g. 100");
        }
        this.label = label;
        this.maxValues = maxValues;
        this.telemetry = telemetry;
    }

    /**
     * Returns a value, or its stand-in.
     *
     * @param value the value; null and blank become {@value #UNKNOWN}, which takes no place; half a surrogate pair becomes
     *     U+FFFD
     * @return the value itself, {@value #OTHER} or {@value #UNKNOWN}
     */
    public String limit(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return UNKNOWN;
        }
        if (admitted.contains(value)) {
            return value;
        }
        String encodable = SafeText.wellFormed(value);
        if (!encodable.equals(value)) {
            // In UTF-8 two such values would be one, and so two series of one name.
            return limit(encodable);
        }
        if (admitted.size() < maxValues && admit(value)) {
            return value;
        }
        // Once all places are taken, nothing is admitted or removed any more: now the answer is final.
        if (admitted.contains(value)) {
            return value;
        }
        telemetry.count(Telemetry.Kind.LABEL_OVERFLOW, label);
        return OTHER;
    }

    private synchronized boolean admit(String value) {
        return admitted.size() < maxValues && admitted.add(value);
    }
}
