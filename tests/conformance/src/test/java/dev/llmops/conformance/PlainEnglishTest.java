package dev.llmops.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps words out of sources and pages that a native engineer would not write there; see CONTRIBUTING.md. */
class PlainEnglishTest {

    private static final Pattern ODD_WORDS =
            Pattern.compile("\\b([Nn]obody|(?i:whoever|whatever|wherever|mend(s|ed|ing)?"
                    + "|strangers?|treacherous|anew|dearest|hears?|vouch(es|ed)?|told of))\\b");

    /** Data that must contain such a word, such as phrases a detector looks for. */
    private static final Pattern ALLOWED = Pattern.compile("plain-english:allow");

    @Test
    void main_sources_are_written_in_plain_english() throws IOException {
        assertThat(oddLines(SourceTree.mainSources())).isEmpty();
    }

    @Test
    void pages_are_written_in_plain_english() throws IOException {
        assertThat(oddLines(SourceTree.pages())).isEmpty();
    }

    private static List<String> oddLines(List<Path> files) throws IOException {
        List<String> odd = new ArrayList<>();
        for (Path file : files) {
            try (Stream<String> lines = Files.lines(file)) {
                for (String line : lines.toList()) {
                    Matcher word = ODD_WORDS.matcher(line);
                    if (word.find() && !ALLOWED.matcher(line).find()) {
                        odd.add(SourceTree.PROJECT.relativize(file) + ": '" + word.group() + "' in: " + line.strip());
                    }
                }
            }
        }
        return odd;
    }
}
