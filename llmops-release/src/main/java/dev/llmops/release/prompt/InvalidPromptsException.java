package dev.llmops.release.prompt;

import java.util.List;

/**
 * Thrown when a folder of prompts breaks rules; names all of them.
 *
 * @since 0.1.0
 */
public final class InvalidPromptsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidPromptsException(String folder, List<String> problems) {
        super(folder + " has " + problems.size() + (problems.size() == 1 ? " problem:\n" : " problems:\n")
                + String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns what is wrong.
     *
     * @return one sentence per problem, each with file, line, rule, value and remedy
     */
    public List<String> problems() {
        return problems;
    }
}
