package dev.llmops.core;

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
        String type, String action, @Nullable String detail) {}
