package dev.llmops.report;

import java.util.Locale;

/**
 * The color that a section or a badge takes from its meaning.
 *
 * @since 0.1.0
 */
public enum Tone {
    /** No judgement. */
    NEUTRAL,
    /** Passed, met. */
    GOOD,
    /** Undecided. */
    WARNING,
    /** Failed, breached. */
    BAD;

    String cssClass() {
        return name().toLowerCase(Locale.ROOT);
    }
}
