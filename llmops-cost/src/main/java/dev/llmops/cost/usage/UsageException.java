package dev.llmops.cost.usage;

import java.util.List;

/**
 * A usage contradicts itself or leaves open what it means under the prices asked for. Thrown only where strict pricing
 * was asked for.
 *
 * @since 0.1.0
 */
public final class UsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public UsageException(List<String> contradictions) {
        super(String.join("; ", contradictions));
    }
}
