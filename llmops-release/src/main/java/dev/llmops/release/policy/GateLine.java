package dev.llmops.release.policy;

import java.util.Locale;

/**
 * The four lines on which a version set is judged.
 *
 * @since 0.1.0
 */
public enum GateLine {
    /** Quality of the answers. */
    QUALITY,
    /** Speed of the answers. */
    LATENCY,
    /** Cost of the answers. */
    COST,
    /** Harm done by requests or answers. */
    RISK;

    /**
     * Returns the word for the line in files, labels and answers.
     *
     * @return a lower-case word
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
