package dev.llmops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.cost.ledger.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs every command of {@code docs/cli.md}, in its order. */
class CliGuideTest {

    private static final Path GUIDE = Path.of("../docs/cli.md");
    private static final Pattern EXAMPLE = Pattern.compile("^llmops (.*?)(?: # exits with (\\d))?$", Pattern.MULTILINE);
    private static final Pattern FILE = Pattern.compile("reports(/.*)?|[a-z-]+\\.(yml|jsonl?|html|md|csv|txt)");

    @TempDir
    static Path folder;

    private static HttpServer model;
    private static Connection ledger;
    private static Connection releases;

    @BeforeAll
    static void write_files_and_start_a_model() throws IOException, SQLException {
        Fixture.writeTo(folder);
        // The database lives as long as a connection to it; the ledger's own jar has the schema.
        ledger = DriverManager.getConnection("jdbc:h2:mem:ledger");
        try (Statement create = ledger.createStatement()) {
            for (int step = 1; ; step++) {
                try (InputStream schema = Ledger.class.getResourceAsStream("internal/jdbc/schema-" + step + ".sql")) {
                    if (schema == null) {
                        break;
                    }
                    create.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        releases = DriverManager.getConnection("jdbc:h2:mem:releases");
        Fixture.rollBackIn("jdbc:h2:mem:releases");
        model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        model.createContext("/v1/chat/completions", exchange -> {
            byte[] answer = "{\"choices\":[{\"message\":{\"content\":\"Paris.\"}}]}".getBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        model.start();
    }

    @AfterAll
    static void stop_the_model() throws SQLException {
        model.stop(0);
        ledger.close();
        releases.close();
    }

    @TestFactory
    Stream<DynamicTest> every_example_ends_as_the_guide_says() throws IOException {
        List<DynamicTest> tests = EXAMPLE.matcher(Files.readString(GUIDE))
                .results()
                .map(example ->
                        DynamicTest.dynamicTest(example.group(1), () -> check(example.group(1), example.group(2))))
                .toList();
        assertThat(tests).hasSizeGreaterThan(12);
        return tests.stream();
    }

    private static void check(String command, String exitCode) {
        String[] arguments = arguments(command);
        if (command.contains("http://prometheus:9090")) {
            // The reader has tests of its own against the real server.
            assertThatCode(() -> Llmops.commandLine().parseArgs(arguments)).doesNotThrowAnyException();
            return;
        }
        StringWriter said = new StringWriter();
        assertThat(run(said, arguments))
                .as(said.toString())
                .isEqualTo(exitCode == null ? 0 : Integer.parseInt(exitCode));
    }

    private static String[] arguments(String command) {
        return Arrays.stream(command.split(" "))
                .map(word -> word.replace("'", ""))
                .map(word -> FILE.matcher(word).matches() ? folder.resolve(word).toString() : word)
                .map(word -> word.replace(
                        "http://localhost:8080",
                        "http://localhost:" + model.getAddress().getPort()))
                .toArray(String[]::new);
    }

    private static int run(StringWriter said, String... arguments) {
        PrintWriter writer = new PrintWriter(said, true);
        return Llmops.commandLine().setOut(writer).setErr(writer).execute(arguments);
    }

    @Test
    void every_command_has_an_example() throws IOException {
        String guide = Files.readString(GUIDE);

        assertThat(leaves(Llmops.commandLine(), ""))
                .allSatisfy(command -> assertThat(guide).contains("\nllmops" + command + " "));
    }

    private static List<String> leaves(CommandLine command, String path) {
        List<CommandLine> subcommands = command.getSubcommands().values().stream()
                .filter(each -> !each.getCommandName().equals("help"))
                .toList();
        return subcommands.isEmpty()
                ? List.of(path)
                : subcommands.stream()
                        .flatMap(each -> leaves(each, path + " " + each.getCommandName()).stream())
                        .collect(Collectors.toList());
    }

    @Test
    void redacted_texts_come_line_by_line() {
        StringWriter said = new StringWriter();
        run(said, "redact", folder.resolve("notes.txt").toString());

        assertThat(said.toString().lines().toList()).containsExactly("write to [EMAIL]", "nothing here");
    }

    @Test
    void an_imported_book_says_what_the_import_said() {
        StringWriter said = new StringWriter();
        Path book = folder.resolve("book.json");
        run(said, arguments("price import --from litellm --published 2026-11-20 --out book.json litellm.json"));

        assertThat(run(said, "price", "check", book.toString())).isZero();
        assertThat(said.toString()).contains("1 models");
    }

    @Test
    void a_price_that_differs_is_named_with_both_values() {
        StringWriter said = new StringWriter();
        run(said, arguments("price import --from litellm --published 2026-11-20 --out book.json litellm.json"));
        run(said, arguments("price diff prices.yml book.json"));

        assertThat(said.toString()).containsPattern("~ openai/gpt-4o input_tokens.*: 2\\.5 USD per 1000000");
    }

    @Test
    void the_report_has_the_figures_of_devices_and_alerts() throws IOException {
        StringWriter said = new StringWriter();
        run(
                said,
                arguments(
                        "report operations --from 2026-11-20 --to 2026-11-21 --objectives slo.yml --saturation range.json"
                                + " --device-hours devices.csv --device-price 2.50 --device-list-price 4.00 --out operations.md"
                                + " last-week.jsonl"));

        assertThat(Files.readString(folder.resolve("operations.md")))
                .contains("| device idle share | 50 % |")
                .contains("| devices | 10 USD |")
                .contains("| saved on spot and reserved devices | 6 USD |")
                .contains("| alerts | 0 |");
    }

    @Test
    void the_report_has_the_figures_of_releases() throws IOException {
        StringWriter said = new StringWriter();
        run(
                said,
                arguments("report operations --from 2026-11-20 --to 2026-11-21 --releases jdbc:h2:mem:releases"
                        + " --out operations.md last-week.jsonl"));

        assertThat(Files.readString(folder.resolve("operations.md")))
                .contains("| releases | 1 |")
                .contains("| roll-back rate | 100 % |");
    }

    @Test
    void hours_that_cannot_be_read_are_named() throws IOException {
        StringWriter said = new StringWriter();
        Files.writeString(folder.resolve("broken.csv"), "2026-11-20T00:00:00Z,4\n");

        assertThat(run(
                        said,
                        arguments("report operations --from 2026-11-20 --to 2026-11-21 --device-hours broken.csv"
                                + " last-week.jsonl")))
                .isEqualTo(2);
        assertThat(said.toString())
                .contains("broken.csv has a line that is no hour of devices (2026-11-20T00:00:00Z,4) — ");
    }

    @Test
    void a_missing_file_is_wrong_usage_and_named() {
        StringWriter said = new StringWriter();

        assertThat(run(said, "redact", "no-such-file.txt")).isEqualTo(2);
        assertThat(said.toString()).startsWith("llmops: ").contains("cannot read no-such-file.txt");
    }

    @Test
    void an_unknown_objective_is_answered_with_those_there_are() {
        StringWriter said = new StringWriter();

        assertThat(run(said, arguments("slo backtest --objectives slo.yml --slo speed last-week.jsonl")))
                .isEqualTo(2);
        assertThat(said.toString())
                .isEqualTo("llmops: no objective 'speed' in " + folder.resolve("slo.yml")
                        + " — it has [availability] — pass one of these to --slo" + System.lineSeparator());
    }
}
