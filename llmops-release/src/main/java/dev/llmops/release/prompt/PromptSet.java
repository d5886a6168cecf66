package dev.llmops.release.prompt;

import dev.llmops.core.version.VersionSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The prompts of one state of a folder. Immutable, so that a request that takes its prompts and its version from one set has
 * the version of exactly these texts, also if another set is loaded meanwhile.
 *
 * @since 0.1.0
 */
public final class PromptSet {

    private static final int VERSION_DIGITS = 12;

    private final SortedMap<String, Prompt> prompts;
    private final String version;

    PromptSet(SortedMap<String, Prompt> prompts) {
        this.prompts = Collections.unmodifiableSortedMap(new TreeMap<>(prompts));
        String lines = prompts.values().stream()
                .map(prompt -> prompt.digest() + "  " + prompt.name() + "\n")
                .collect(Collectors.joining());
        this.version = Sha256.of(lines).substring(0, VERSION_DIGITS);
    }

    /**
     * Returns a prompt.
     *
     * @param name its name
     * @return the prompt
     * @throws IllegalArgumentException if there is none of this name
     */
    public Prompt prompt(String name) {
        Prompt prompt = prompts.get(name);
        if (prompt == null) {
            throw new IllegalArgumentException("there is no prompt of this name (" + name + ") — one of "
                    + prompts.keySet() + " is allowed — add its file, or correct the name");
        }
        return prompt;
    }

    /**
     * Returns all prompts.
     *
     * @return an unmodifiable map by name
     */
    public SortedMap<String, Prompt> prompts() {
        return prompts;
    }

    /**
     * Returns the version of the set: the start of the SHA-256 of one line for each prompt, in the order of the names, with
     * its digest, two spaces, its name and a line feed, which is what {@code sha256sum} prints.
     *
     * @return 12 hexadecimal digits, equal for equal texts on every system
     */
    public String version() {
        return version;
    }

    /**
     * Returns a version set in which the part {@code prompt} is the version of this set.
     *
     * @param others the other parts; a part {@code prompt} is replaced
     * @return the version set for calls that use these prompts
     */
    public VersionSet versionSet(VersionSet others) {
        return VersionSet.builder().prompt(version).build().orElse(others);
    }

    /**
     * Returns what has changed since another set, as a unified difference.
     *
     * @param before the older set
     * @return for each prompt that was added, removed or changed two lines with its names and versions, then its lines; empty
     *     if the sets are equal
     */
    public String diff(PromptSet before) {
        SortedSet<String> names = new TreeSet<>(before.prompts.keySet());
        names.addAll(prompts.keySet());
        StringBuilder diff = new StringBuilder();
        for (String name : names) {
            Prompt old = before.prompts.get(name);
            Prompt now = prompts.get(name);
            if (old == null || now == null || !old.digest().equals(now.digest())) {
                diff.append("--- ").append(old == null ? "/dev/null" : old).append('\n');
                diff.append("+++ ").append(now == null ? "/dev/null" : now).append('\n');
                diff.append(
                        LineDiff.between(old == null ? List.of() : lines(old), now == null ? List.of() : lines(now)));
            }
        }
        return diff.toString();
    }

    private static List<String> lines(Prompt prompt) {
        return new ArrayList<>(prompt.text().lines().toList());
    }

    @Override
    public String toString() {
        return "PromptSet[" + version + " " + prompts.values() + "]";
    }
}
