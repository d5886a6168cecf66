package dev.llmops.release.policy;

import java.util.List;

/**
 * Thrown when a gate policy breaks rules; names all of them.
 *
 * @since 0.1.0
 */
public final class InvalidGatePolicyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidGatePolicyException(String file, List<String> problems) {
        super(file + " has " + problems.size() + (problems.size() == 1 ? " problem:\n" : " problems:\n")
                + String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns what is wrong.
     *
     * @return one sentence per problem, each with property, rule, value and remedy
     */
    public List<String> problems() {
        return problems;
    }
}
