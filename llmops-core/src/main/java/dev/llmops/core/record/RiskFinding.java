package dev.llmops.core.record;

import dev.llmops.core.internal.Truncation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something risky that was seen in a call: a prompt injection, a leak, an unauthorised tool call.
 *
 * @param type what was found, in a word of low cardinality, such as {@code prompt_injection}
 * @param action what was done about it, such as {@code blocked}, {@code masked} or {@code reported}
 * @param detail an explanation for people, or null; must not quote the content it was found in
 * @since 0.1.0
 */
public record RiskFinding(
        String type, String action, @Nullable String detail) {

    private static final String UNKNOWN = "unknown";

    /**
     * Bounds type and action; null becomes unknown, since recording must not throw.
     *
     * @param type what was found
     * @param action what was done about it
     * @param detail an explanation, or null
     */
    public RiskFinding {
        type = Truncation.cut(Objects.requireNonNullElse(type, UNKNOWN), Truncation.MAX_NAME_LENGTH);
        action = Truncation.cut(Objects.requireNonNullElse(action, UNKNOWN), Truncation.MAX_NAME_LENGTH);
    }
}
