package dev.llmops.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.llmops.endings.EndingsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the published table of endings to what the tests of the integrations measured. */
class EndingsPageTest {

    private static final Pattern THIRD_COLUMN = Pattern.compile("^(\\|[^|]*\\|[^|]*\\|).*$");
    private static final Path PAGE = SourceTree.PROJECT.resolve("docs/endings.md");

    @Test
    void the_page_says_what_the_tests_measured() throws IOException {
        List<String> sections = EndingsPage.sections(SourceTree.PROJECT.resolve("integrations"));
        assumeFalse(sections.isEmpty(), "the tests of the integrations have not run");
        if (Boolean.getBoolean("llmops.endings.write")) {
            Files.writeString(PAGE, EndingsPage.of(sections));
        }
        assertThat(measured(Files.readString(PAGE)))
                .as(
                        "docs/endings.md; run the tests of the integrations, then this one with -Dllmops.endings.write=true")
                .contains(sections.stream().map(EndingsPageTest::measured).toArray(String[]::new));
    }

    /** Leaves out the third column: what frameworks say of an ending differs from run to run where their threads race. */
    private static String measured(String page) {
        return page.lines()
                .map(line -> THIRD_COLUMN.matcher(line).replaceFirst("$1"))
                .collect(Collectors.joining("\n"));
    }
}
