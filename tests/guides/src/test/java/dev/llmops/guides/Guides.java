package dev.llmops.guides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README and the pages of {@code docs}. */
final class Guides {

    static final Path PROJECT = Path.of(System.getProperty("llmops.project"));

    private Guides() {}

    static List<Path> all() throws IOException {
        try (Stream<Path> pages = Files.list(PROJECT.resolve("docs"))) {
            return Stream.concat(Stream.of(PROJECT.resolve("README.md")), pages)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** The examples of one language on a page of {@code docs}, in order. */
    static List<String> examples(Path page, String language) throws IOException {
        return Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(page))
                .results()
                .map(example -> example.group(1))
                .toList();
    }

    static String firstYaml(String page) throws IOException {
        return examples(PROJECT.resolve("docs").resolve(page), "yaml").get(0);
    }
}
