package dev.llmops.quality.risk;

import java.util.Locale;

/**
 * Action that a guardrail took; the strongest last.
 *
 * @since 0.1.0
 */
public enum RiskAction {
    /** The text passed, as nothing was found. */
    ALLOWED,
    /** The text passed, and the finding was recorded. */
    LOGGED,
    /** The text passed with a warning to the user. */
    WARNED,
    /** The guardrail failed, and the text passed unchecked. */
    BYPASSED,
    /** The finding was removed from the text. */
    REDACTED,
    /** The text did not pass. */
    BLOCKED;

    /**
     * Returns the word for it in logs and labels.
     *
     * @return a lower-case word
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
