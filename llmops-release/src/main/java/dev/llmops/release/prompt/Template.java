package dev.llmops.release.prompt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with placeholders. Double braces without a name are text, as in JSON; with a name, they must close. */
final class Template {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*}}");
    private static final Pattern OPEN = Pattern.compile("\\{\\{\\s*[A-Za-z_][A-Za-z0-9_]*");

    /** A placeholder and the line, from 1, on which it first stands. */
    record Place(String name, int line) {}

    private final String text;
    private final List<Place> places = new ArrayList<>();

    /**
     * Reads a text.
     *
     * @param problems takes what begins as a placeholder and is none
     */
    Template(String text, Consumer<Place> problems) {
        this.text = text;
        Set<String> seen = new HashSet<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Matcher open = OPEN.matcher(line);
            while (open.find()) {
                Matcher placeholder = PLACEHOLDER.matcher(line).region(open.start(), line.length());
                if (!placeholder.lookingAt()) {
                    problems.accept(new Place(open.group(), number));
                } else if (seen.add(placeholder.group(1))) {
                    places.add(new Place(placeholder.group(1), number));
                }
            }
        }
    }

    /** Returns each placeholder once, in the order of the text. */
    List<Place> places() {
        return places;
    }

    /** Puts values in the places of all placeholders, as they are. */
    String render(Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(found.group(1)))));
    }
}
