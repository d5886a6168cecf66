package dev.llmops.samples.provider;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The words of a text. */
final class Words {

    private static final int SHORTEST = 4;

    private Words() {}

    /** Splits a text into tokens: words with the space before them. */
    static List<String> tokens(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.strip().split("(?= )"));
    }

    /** Returns the words that carry meaning: in lower case, without the s of plurals, and without short words. */
    static List<String> meaningful(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .map(word ->
                        word.length() > SHORTEST && word.endsWith("s") ? word.substring(0, word.length() - 1) : word)
                .filter(word -> word.length() >= SHORTEST)
                .toList();
    }
}
