package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the guides to the tests that run their code: no example without a run. */
class EveryExampleTest {

    private static final List<String> TESTS =
            List.of(
                    "tests/guides/src/test/java/dev/llmops/guides",
                    "llmops-core/src/test/java/dev/llmops/core",
                    "llmops-release/src/test/java/dev/llmops/release");

    static List<Path> pages() throws IOException {
        return Guides.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_java_example_stands_word_for_word_in_a_test(Path page) throws IOException {
        String tests = TESTS.stream()
                .map(folder -> codeOf(Guides.PROJECT.resolve(folder)))
                .collect(Collectors.joining());
        assertThat(Guides.examples(page, "java"))
                .filteredOn(example -> !tests.contains(withoutBlanks(example)))
                .as("examples that no test runs")
                .isEmpty();
    }

    private static String codeOf(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .map(EveryExampleTest::read)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
