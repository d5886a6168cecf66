package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the guides to the tests that run their code: no example without a run. */
class EveryExampleTest {

    /** Where code runs that pages print: the guides, the consumers, the tests of each module, and samples that a test starts. */
    private static final Pattern RUN =
            Pattern.compile("((tests/(guides|consumers|stream-engines)|llmops-[a-z-]+|integrations/[a-z0-9-]+)"
                    + "/src/(test|it)|samples/(quarkus|micronaut)/src/main)/.*\\.java");

    static List<Path> pages() throws IOException {
        return Guides.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_java_example_stands_word_for_word_in_a_test(Path page) throws IOException {
        String tests = codeThatRuns();
        assertThat(Guides.examples(page, "java"))
                .filteredOn(example -> !tests.contains(withoutBlanks(example)))
                .as("examples that no test runs")
                .isEmpty();
    }

    private static String codeThatRuns() throws IOException {
        try (Stream<Path> files = Files.walk(Guides.PROJECT)) {
            return files.filter(file -> RUN.matcher(
                                    Guides.PROJECT.relativize(file).toString().replace('\\', '/'))
                            .matches())
                    .map(EveryExampleTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return withoutBlanks(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The formatter breaks lines as it likes. */
    private static String withoutBlanks(String code) {
        return code.replaceAll("\\s+", "");
    }
}
