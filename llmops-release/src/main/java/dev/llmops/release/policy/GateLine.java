package dev.llmops.release.policy;

import java.util.Locale;

/**
 * The four lines on which a version set is judged.
 *
 * @since 0.1.0
 */
public enum GateLine {
    /** Are the answers good? */
    QUALITY,
    /** Are they fast? */
    LATENCY,
    /** What do they cost? */
    COST,
    /** Do they do harm? */
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
