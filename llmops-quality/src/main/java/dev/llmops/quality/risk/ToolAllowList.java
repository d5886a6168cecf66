package dev.llmops.quality.risk;

import java.util.List;
import java.util.Set;

/**
 * Allows some tools and reports all others. Guard {@link Guardrails.Phase#TOOL_CALL} with it, with the tool's name as text.
 *
 * @since 0.1.0
 */
public final class ToolAllowList implements RiskDetector {

    private static final String IDENTITY = "tool-allow-list";

    private final Set<String> allowed;

    /**
     * Creates the list.
     *
     * @param allowed the names of the tools that may be used
     */
    public ToolAllowList(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    @Override
    public String identity() {
        return IDENTITY;
    }

    @Override
    public List<Risk> detect(String tool) {
        return allowed.contains(tool)
                ? List.of()
                : List.of(Risk.of(Risk.Type.UNAUTHORIZED_TOOL, Risk.Severity.CRITICAL, IDENTITY, "not_allowed", tool));
    }
}
