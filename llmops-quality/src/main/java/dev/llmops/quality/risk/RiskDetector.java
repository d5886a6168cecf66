package dev.llmops.quality.risk;

import java.util.List;

/**
 * Finds risks in a text. Must be safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface RiskDetector {

    /**
     * Returns the identity with its version, such as {@code injection-phrases@1}.
     *
     * @return the identity
     */
    String identity();

    /**
     * Looks at a text.
     *
     * @param text the text, or the name of a tool in {@link Guardrails.Phase#TOOL_CALL}
     * @return the findings, empty if there are none
     */
    List<Risk> detect(String text);
}
