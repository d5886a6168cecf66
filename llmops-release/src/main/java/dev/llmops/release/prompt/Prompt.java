package dev.llmops.release.prompt;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A prompt: a text with placeholders such as <code>{{question}}</code>, and the digest that is its version. Immutable.
 *
 * @since 0.1.0
 */
public final class Prompt {

    private static final int VERSION_DIGITS = 12;

    private final String name;
    private final String text;
    private final String digest;
    private final Template template;

    Prompt(String name, String text, Template template) {
        this.name = name;
        this.text = text;
        this.digest = Sha256.of(text);
        this.template = template;
    }

    /**
     * Returns the name, which is that of the file in its folder, without the ending.
     *
     * @return a name such as {@code support/answer}
     */
    public String name() {
        return name;
    }

    /**
     * Returns the text as it stands in the file, with line feeds as ends of lines on every system.
     *
     * @return the text with its placeholders
     */
    public String text() {
        return text;
    }

    /**
     * Returns the SHA-256 of the text in UTF-8.
     *
     * @return 64 hexadecimal digits
     */
    public String digest() {
        return digest;
    }

    /**
     * Returns the version: the start of the digest.
     *
     * @return 12 hexadecimal digits
     */
    public String version() {
        return digest.substring(0, VERSION_DIGITS);
    }

    /**
     * Returns the names of the placeholders, in the order of the text.
     *
     * @return an unmodifiable list without duplicates
     */
    public List<String> placeholders() {
        return template.places().stream().map(Template.Place::name).toList();
    }

    List<Template.Place> places() {
        return template.places();
    }

    /**
     * Fills in the placeholders. Values stand in the result as they are: a placeholder within a value stays text.
     *
     * @param values the value of each placeholder
     * @return the text to send
     * @throws IllegalArgumentException if a value is missing, or one is for no placeholder
     */
    public String render(Map<String, String> values) {
        Set<String> expected = new LinkedHashSet<>(placeholders());
        if (!expected.equals(values.keySet())) {
            throw new IllegalArgumentException("prompt " + name + " " + version() + " has no value for "
                    + without(expected, values.keySet()) + " and no placeholder for "
                    + without(values.keySet(), expected) + " — exactly " + expected
                    + " are allowed — pass a value for each placeholder");
        }
        return template.render(values);
    }

    private static List<String> without(Set<String> names, Set<String> others) {
        Set<String> rest = new TreeSet<>(names);
        rest.removeAll(others);
        return new ArrayList<>(rest);
    }

    @Override
    public String toString() {
        return name + "@" + version();
    }
}
