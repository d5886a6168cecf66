package dev.llmops.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        assertThat(odd(SourceTree.mainSources(), ODD_WORDS)).isEmpty();
    }

    /** The modules whose Javadoc and messages are checked as well. */
    private static final Set<String> CHECKED_MODULES = Set.of(
            "benchmarks",
            "integrations",
            "llmops-cli",
            "llmops-core",
            "llmops-cost",
            "llmops-logging",
            "llmops-metrics",
            "llmops-quality",
            "llmops-redaction",
            "llmops-release",
            "llmops-report",
            "llmops-slo",
            "llmops-test",
            "llmops-tracing",
            "samples",
            "tests");

    /** The first words of a Javadoc that is neither a sentence with a third-person verb nor a noun phrase. */
    private static final Pattern ODD_OPENING = Pattern.compile(
            "/\\*\\*\\s*(\\* )?"
                    + "(What|How|Whether|One|Where|Who|Whose|Why|When|Which|If|It|That|All that|Get|Return|Set|Create|Make)\\b");

    /** A message that says what must be; messages are written "what is wrong (value) — what is allowed — what to do". */
    private static final Pattern ODD_MESSAGE = Pattern.compile("must (be|have|lie|not be) .*but (was|is)\\b");

    /** Compilers before JDK 23 do not see it. */
    private static final Pattern JAVADOC_OF_NOTHING = Pattern.compile("\\*/\\s*/\\*\\*");

    @Test
    void javadoc_stands_before_a_declaration() throws IOException {
        assertThat(odd(SourceTree.mainSources(CHECKED_MODULES), JAVADOC_OF_NOTHING))
                .isEmpty();
    }

    @Test
    void javadoc_opens_with_a_third_person_verb_or_a_noun_phrase() throws IOException {
        assertThat(odd(SourceTree.mainSources(CHECKED_MODULES), ODD_OPENING)).isEmpty();
    }

    @Test
    void messages_say_what_is_wrong_what_is_allowed_and_what_to_do() throws IOException {
        assertThat(odd(SourceTree.mainSources(CHECKED_MODULES), ODD_MESSAGE)).isEmpty();
    }

    @Test
    void pages_are_written_in_plain_english() throws IOException {
        assertThat(odd(SourceTree.pages(), ODD_WORDS)).isEmpty();
    }

    private static List<String> odd(List<Path> files, Pattern pattern) throws IOException {
        List<String> odd = new ArrayList<>();
        for (Path file : files) {
            String text = Files.readString(file);
            Matcher match = pattern.matcher(text);
            while (match.find()) {
                String line = lineAround(text, match.end());
                if (!ALLOWED.matcher(line).find()) {
                    odd.add(SourceTree.PROJECT.relativize(file) + ": '" + match.group() + "' in: " + line.strip());
                }
            }
        }
        return odd;
    }

    private static String lineAround(String text, int index) {
        int end = text.indexOf('\n', index);
        return text.substring(text.lastIndexOf('\n', index - 1) + 1, end < 0 ? text.length() : end);
    }
}
