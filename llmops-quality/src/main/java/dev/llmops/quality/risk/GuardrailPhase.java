package dev.llmops.quality.risk;

import java.util.Locale;

/**
 * Part of a call that a guardrail checks.
 *
 * @since 0.1.0
 */
public enum GuardrailPhase {
    /** The prompt, before it is sent. */
    INPUT,
    /** A retrieved document, before it is put into the prompt. */
    RETRIEVED_DOCUMENT,
    /** A tool call that the model asks for, before the tool runs. */
    TOOL_CALL,
    /** The result of a tool, before the model sees it. */
    TOOL_RESULT,
    /** The answer, before the user sees it. */
    OUTPUT;

    /**
     * Returns the word for it in logs and labels.
     *
     * @return a lower-case word
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
