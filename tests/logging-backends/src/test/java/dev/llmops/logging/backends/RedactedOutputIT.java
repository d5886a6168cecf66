package dev.llmops.logging.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.redaction.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * What was labelled as private in texts of several projects is in no back end's raw output once it was redacted. Every
 * tenth text goes through all back ends; all of them with {@code -Dllmops.cases.every=1}.
 */
class RedactedOutputIT {

    private static final Path CASES = Path.of(System.getProperty("llmops.cases"), "redaction");
    private static final Set<String> FILES =
            Set.of("recognizers.jsonl", "secrets.jsonl", "secrets-in-prose.jsonl", "chinese-and-secrets.jsonl");

    private static final int EVERY = Integer.getInteger("llmops.cases.every", 10);

    private static final List<Labelled> ROWS = new ArrayList<>();

    @TempDir
    static Path folder;

    /**
     * @param text a text
     * @param values the private values in it
     */
    private record Labelled(String text, List<String> values) {}

    @BeforeAll
    static void readCases() throws IOException {
        assumeTrue(Files.isDirectory(CASES), "no cases at " + CASES);
        for (String file : FILES) {
            for (String line : Files.readAllLines(CASES.resolve(file))) {
                JsonNode row = Reading.tree(line);
                if (row.path("scope").asString("core").equals("core")
                        && row.path("spans").size() > 0) {
                    ROWS.add(labelled(row));
                }
            }
        }
        // A value that the redactor does not know as one is judged where precision and recall are.
        Redactor redactor = Redactor.ofDefaults();
        int all = ROWS.size();
        ROWS.removeIf(row ->
                row.values().stream().anyMatch(redactor.redact(row.text()).text()::contains));
        assertThat(ROWS).hasSizeGreaterThan(all * 9 / 10);
        List<Labelled> some = IntStream.iterate(0, at -> at < ROWS.size(), at -> at + EVERY)
                .mapToObj(ROWS::get)
                .toList();
        ROWS.retainAll(some);
        Path texts = folder.resolve("texts");
        Files.writeString(
                texts,
                String.join(
                        Scenario.TEXTS_END, ROWS.stream().map(Labelled::text).toList()));
        System.setProperty(Scenario.TEXTS_FILE, texts.toString());
    }

    private static Labelled labelled(JsonNode row) {
        String text = row.get("text").asString();
        List<String> values = new ArrayList<>();
        row.get("spans").forEach(span -> {
            if (!span.path("optional").asBoolean(false)) {
                values.add(text.substring(
                        span.get("start").asInt(), span.get("end").asInt()));
            }
        });
        return new Labelled(text, values);
    }

    @ParameterizedTest
    @EnumSource
    void as_message_nothing_private_is_written(BackEnd backEnd) throws Exception {
        assertNothingPrivate(backEnd.play(Scenario.REDACTED, "MESSAGE_JSON"));
    }

    @EachThatWritesPairs
    void nested_nothing_private_is_written(BackEnd backEnd) throws Exception {
        assertNothingPrivate(backEnd.play(Scenario.REDACTED, "NESTED"));
    }

    private static void assertNothingPrivate(BackEnd.Result result) {
        assertThat(result.lines()).hasSize(Scenario.LINES_OF_A_TEXT * ROWS.size());
        for (int i = 0; i < ROWS.size(); i++) {
            int first = Scenario.LINES_OF_A_TEXT * i;
            String written = String.join("\n", result.lines().subList(first, first + Scenario.LINES_OF_A_TEXT));
            assertThat(ROWS.get(i).values()).noneMatch(written::contains);
        }
    }
}
