package dev.llmops.release.prompt;

import java.util.List;

/**
 * Result of reading a folder of prompts again.
 *
 * @param before the set in use until now
 * @param now the set in use from now on; {@code before} if nothing has changed or something is wrong
 * @param problems why the folder was refused, one sentence per problem; empty if it was not
 * @since 0.1.0
 */
public record PromptReload(PromptSet before, PromptSet now, List<String> problems) {

    /** Copies the problems. */
    public PromptReload {
        problems = List.copyOf(problems);
    }

    /**
     * Returns true if another set is in use now.
     *
     * @return true if a text has changed and nothing is wrong
     */
    public boolean isChanged() {
        return !now.version().equals(before.version());
    }
}
