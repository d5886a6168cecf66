package dev.llmops.slo.file;

import java.util.List;

/**
 * Objectives that cannot be used; names everything that is wrong with them at once.
 *
 * @since 0.1.0
 */
public final class InvalidObjectivesException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // copied lists can be serialised
    private final List<String> problems;

    /**
     * Creates the exception.
     *
     * @param problems one sentence each: where, the rule, the value, the remedy
     */
    public InvalidObjectivesException(List<String> problems) {
        super(problems.size() + (problems.size() == 1 ? " problem" : " problems") + " in the objectives:\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns the problems.
     *
     * @return one sentence each
     */
    public List<String> problems() {
        return problems;
    }
}
