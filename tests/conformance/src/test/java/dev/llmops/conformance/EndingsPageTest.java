package dev.llmops.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.llmops.endings.EndingsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the published table of endings to what the tests of the integrations measured. */
class EndingsPageTest {

    private static final Path PAGE = SourceTree.PROJECT.resolve("docs/endings.md");

    @Test
    void the_page_says_what_the_tests_measured() throws IOException {
        List<String> sections = EndingsPage.sections(SourceTree.PROJECT.resolve("integrations"));
        assumeFalse(sections.isEmpty(), "the tests of the integrations have not run");
        if (Boolean.getBoolean("llmops.endings.write")) {
            Files.writeString(PAGE, EndingsPage.of(sections));
        }
        assertThat(Files.readString(PAGE))
                .as(
                        "docs/endings.md; run the tests of the integrations, then this one with -Dllmops.endings.write=true")
                .contains(sections);
    }
}
