package dev.llmops.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocumentedRecordTest {

    @Test
    void the_record_in_the_documentation_is_valid() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "logging.md"));
        int start = page.indexOf("```json") + "```json".length();
        LogSchema.assertValid(page.substring(start, page.indexOf("```", start)));
    }
}
