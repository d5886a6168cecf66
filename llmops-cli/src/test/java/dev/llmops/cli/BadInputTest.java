package dev.llmops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command says to input that it cannot use: wrong usage, in words, without the name of a Java type. */
class BadInputTest {

    private static final String DAY = "report operations --from 2026-11-20 --to 2026-11-21 ";
    private static final String JUDGE = "gate judge --policy DIR/policy.yml --change c --stage 10% ";

    @TempDir
    static Path folder;

    @BeforeAll
    static void write_files() throws IOException {
        Fixture.writeTo(folder);
        Files.writeString(folder.resolve("text.txt"), "not json\n");
        Files.write(folder.resolve("latin.yml"), new byte[] {'a', ':', ' ', (byte) 0xE4});
    }

    private static String answer(int exitCode, String command) {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said, true);
        String[] arguments = command.replace("DIR", folder.toString()).split(" ");
        assertThat(Llmops.commandLine().setOut(writer).setErr(writer).execute(arguments))
                .as(said.toString())
                .isEqualTo(exitCode);
        return said.toString().replace(folder.toString(), "DIR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                DAY + "DIR | DIR is a folder — files of JSON lines are allowed — pass the files in it",
                DAY
                        + "DIR/none.jsonl | cannot read DIR/none.jsonl (DIR/none.jsonl: there is no such file or folder — check the"
                        + " path)",
                DAY
                        + "--out DIR/none/x.md DIR/calls.jsonl | DIR/none/x.md: there is no such file or folder — check the path",
                DAY
                        + "--ledger jdbc:none:x DIR/calls.jsonl | the database does not answer (No suitable driver found for"
                        + " jdbc:none:x) — the address of a database with the tables is needed, as"
                        + " jdbc:postgresql://host/database?user=reader — check the address and the rights of its user",
                "report operations --from 2026-11-21 --to 2026-11-21 DIR/calls.jsonl | the period ends (2026-11-21T00:00:00Z)"
                        + " before it has begun (2026-11-21T00:00:00Z) — an end after the beginning is allowed — pass the day"
                        + " after the last one",
                "slo rules --objectives DIR/none.yml | DIR/none.yml: there is no such file — check the path",
                "slo rules --objectives DIR/latin.yml | DIR/latin.yml is not UTF-8, but perhaps ISO-8859-1 or Windows-1252 —"
                        + " configuration is read as UTF-8 — save the file as UTF-8",
                DAY + "--out DIR DIR/calls.jsonl | DIR: this is a folder — a file is needed — name a file in it",
                "dashboards --out DIR/policy.yml | DIR/policy.yml: this is a file — a folder is written to — name another one",
                "price import --from litellm --published 2026-11-20 DIR/latin.yml | DIR/latin.yml is not UTF-8, but perhaps ISO-8859-1"
                        + " or Windows-1252 — configuration is read as UTF-8 — save the file as UTF-8",
                "gate compare --candidate DIR --baseline DIR | DIR: this is a folder — a file is needed — name a file in it",
                DAY + "--saturation DIR DIR/calls.jsonl | DIR: this is a folder — a file is needed — name a file in it",
                "gate replay DIR/none | DIR/none: there is no such file or folder — check the path",
                JUDGE
                        + "--profile DIR/none.json --stage-since 2026-11-20T00:00:00Z DIR/calls.jsonl | DIR/none.json: there is"
                        + " no such file — check the path",
            })
    void wrong_input_is_named_with_what_to_do(String command, String message) {
        assertThat(answer(2, command)).endsWith("llmops: " + message + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "report operations --from 2026-13-21 --to 2026-11-21 x | '2026-13-21' is not a day — pass one such as 2026-11-01",
                DAY + "--zone Mars/X x | 'Mars/X' is not a zone — pass one such as Europe/Berlin",
                JUDGE
                        + "--profile x --stage-since yesterday x | 'yesterday' is not a time — pass one such as 2026-11-28T12:00:00Z",
                DAY + "--device-price much x | 'much' is not a number — pass one such as 2.50",
                JUDGE + "--profile x --slo-budget-remaining all x | 'all' is not a number — pass one such as 0.5",
                "regression run --model m --url host/v1 x | 'host/v1' is not an address — pass one such as https://host/v1",
            })
    void a_wrong_value_of_an_option_is_named_with_a_right_one(String command, String message) {
        assertThat(answer(2, command)).contains(": " + message + System.lineSeparator());
    }

    @Test
    void a_profile_that_is_none_is_named() {
        assertThat(answer(2, JUDGE + "--profile DIR/policy.yml --stage-since 2026-11-20T00:00:00Z DIR/calls.jsonl"))
                .startsWith("llmops: DIR/policy.yml: this is no profile (")
                .endsWith(") — the thresholds that gate plan --save-profile writes are needed — pass that file"
                        + System.lineSeparator());
        assertThat(answer(2, "drift compare --profile DIR/policy.yml DIR/calls.jsonl"))
                .startsWith("llmops: DIR/policy.yml: the text is no drift profile (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "NaN", "1e400", "-Infinity", "1,5"})
    void a_line_that_is_no_finite_number_is_named(String line) throws IOException {
        Files.writeString(folder.resolve("numbers.txt"), "1\n" + line + "\n");

        assertThat(answer(2, "gate compare --candidate DIR/numbers.txt --baseline DIR/baseline.txt"))
                .isEqualTo("llmops: DIR/numbers.txt has a line that is no number (" + line
                        + ") — one finite number a line — remove the rest" + System.lineSeparator());
    }

    @Test
    void a_price_book_in_another_encoding_says_so() {
        assertThat(answer(1, "price check DIR/latin.yml")).contains("latin.yml is not UTF-8");
    }

    @Test
    void lines_of_another_log_count_as_unreadable() throws IOException {
        Files.write(
                folder.resolve("other.jsonl"), List.of("[1]", "null", "\"x\"", "{}", "{\"schema\":\"other/1\"}", "no"));

        assertThat(answer(0, DAY + "DIR/other.jsonl")).contains("| unreadable lines | 6 |");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate", "gate judge", "report operations", "slo backtest", "price renew", "dashboards"})
    void every_command_has_help(String command) {
        assertThat(answer(0, command + " --help")).startsWith("Usage: llmops " + command);
    }
}
