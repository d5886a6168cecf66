package dev.llmops.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;

class JsonLinesFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("logs").resolve("calls.jsonl");
    }

    private static LogEntry entry(int number) {
        JsonMap fields = JsonMap.builder(2)
                .put("n", (long) number)
                .put("text", "line\nfeed \u2028")
                .build();
        return new LogEntry("llmops.call", Instant.EPOCH, "entry " + number, fields);
    }

    private static List<Integer> numbers(Path file) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            numbers.add(JSON.readTree(line).get("n").asInt());
        }
        return numbers;
    }

    @Test
    void each_entry_is_a_line_that_is_there_as_soon_as_it_is_written() throws IOException {
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            file.write(entry(1));
            assertThat(Files.readString(path())).isEqualTo("{\"n\":1,\"text\":\"line\\nfeed \\u2028\"}\n");
            file.write(entry(2));
            assertThat(numbers(path())).containsExactly(1, 2);
        }
    }

    @Test
    void a_restart_goes_on_where_the_file_ended() throws IOException {
        for (int i = 1; i <= 3; i++) {
            try (JsonLinesFile file = JsonLinesFile.at(path())) {
                assertThat(file.tornBytes()).isZero();
                file.write(entry(i));
            }
        }
        assertThat(numbers(path())).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 8191, 8192, 8193, 20_000})
    void a_torn_line_is_cut_off_and_counted(int bytes) throws IOException {
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            file.write(entry(1));
        }
        Files.writeString(path(), "{" + "x".repeat(bytes - 1), UTF_8, StandardOpenOption.APPEND);
        Telemetry telemetry = new Telemetry();
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            file.useTelemetry(telemetry);
            assertThat(file.tornBytes()).isEqualTo(bytes);
            file.write(entry(2));
        }
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "log_torn_line")).isEqualTo(1);
        assertThat(numbers(path())).containsExactly(1, 2);
    }

    @Test
    void a_file_that_is_one_torn_line_becomes_empty() throws IOException {
        Files.createDirectories(path().getParent());
        Files.writeString(path(), "{\"n\":");
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            assertThat(file.tornBytes()).isEqualTo(5);
        }
        assertThat(path()).isEmptyFile();
    }

    @Test
    void a_file_that_is_full_makes_room_and_the_oldest_go() throws IOException {
        int line = entry(1).json().getBytes(UTF_8).length + 1;
        try (JsonLinesFile file = JsonLinesFile.builder(path())
                .maxFileBytes(2L * line)
                .keptFiles(2)
                .build()) {
            for (int i = 1; i <= 7; i++) {
                file.write(entry(i));
            }
        }
        assertThat(numbers(path())).containsExactly(7);
        assertThat(numbers(Rotation.numbered(path(), 1))).containsExactly(5, 6);
        assertThat(numbers(Rotation.numbered(path(), 2))).containsExactly(3, 4);
        assertThat(Rotation.numbered(path(), 3)).doesNotExist();
    }

    @Test
    void with_no_files_kept_a_full_file_begins_anew() throws IOException {
        try (JsonLinesFile file =
                JsonLinesFile.builder(path()).maxFileBytes(1).keptFiles(0).build()) {
            file.write(entry(1));
            file.write(entry(2));
        }
        assertThat(numbers(path())).containsExactly(2);
        assertThat(path().getParent()).isDirectoryNotContaining("glob:**.1");
    }

    @Test
    void a_rotation_that_fails_loses_nothing_and_is_counted() throws IOException {
        Telemetry telemetry = new Telemetry();
        // A folder with something in it cannot be replaced by a file.
        Files.createDirectories(Rotation.numbered(path(), 1).resolve("in the way"));
        try (JsonLinesFile file =
                JsonLinesFile.builder(path()).maxFileBytes(1).keptFiles(1).build()) {
            file.useTelemetry(telemetry);
            file.write(entry(1));
            file.write(entry(2));
        }
        assertThat(numbers(path())).containsExactly(1, 2);
        assertThat(telemetry.value(Telemetry.Kind.FAILURES, "JsonLinesFile.rotate"))
                .isEqualTo(1);
    }

    @Test
    void only_one_writer_may_have_a_file() {
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            assertThatThrownBy(() -> JsonLinesFile.at(path()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(
                            "another writer has it — one writer a file — give each process a file of its own");
            file.write(entry(1));
        }
    }

    @Test
    void a_second_attempt_to_open_a_file_lets_no_other_process_in() throws Exception {
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            file.write(entry(1));
            assertThatThrownBy(() -> JsonLinesFile.at(path())).isInstanceOf(UncheckedIOException.class);
            List<String> other = ChildJvm.start(Opener.class, path().toString()).awaitOutput();
            assertThat(other).singleElement().asString().contains("another writer has it");
            file.write(entry(2));
        }
        assertThat(numbers(path())).containsExactly(1, 2);
    }

    /** Tries to open a file, and says what came of it. */
    static final class Opener {
        public static void main(String[] args) {
            try (JsonLinesFile file = JsonLinesFile.at(Path.of(args[0]))) {
                System.out.println("opened");
            } catch (UncheckedIOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void a_file_that_was_deleted_meanwhile_is_begun_anew() throws IOException {
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            file.write(entry(1));
            Files.delete(path());
            Files.delete(path().getParent());
            file.write(entry(2));
            file.write(entry(3));
        }
        assertThat(numbers(path())).containsExactly(2, 3);
    }

    @Test
    void a_file_that_was_moved_away_meanwhile_is_left_alone() throws IOException {
        Path moved = folder.resolve("moved.jsonl");
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            file.write(entry(1));
            Files.move(path(), moved);
            file.write(entry(2));
        }
        assertThat(numbers(moved)).containsExactly(1);
        assertThat(numbers(path())).containsExactly(2);
    }

    @Test
    void a_file_that_was_emptied_meanwhile_gets_no_gap() throws IOException {
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            file.write(entry(1));
            Files.write(path(), new byte[0]);
            file.write(entry(2));
        }
        assertThat(numbers(path())).containsExactly(2);
    }

    @Test
    void a_file_that_was_replaced_by_a_copy_meanwhile_goes_on_in_the_copy() throws IOException {
        Path copy = folder.resolve("copy.jsonl");
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            file.write(entry(1));
            Files.copy(path(), copy);
            Files.move(copy, path(), StandardCopyOption.REPLACE_EXISTING);
            file.write(entry(2));
        }
        assertThat(numbers(path())).containsExactly(1, 2);
    }

    @Test
    void what_another_wrote_into_the_file_meanwhile_is_not_overwritten() throws IOException {
        Telemetry telemetry = new Telemetry();
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            file.useTelemetry(telemetry);
            file.write(entry(1));
            Files.writeString(path(), "{\"n\":2}\n{\"n\":", UTF_8, StandardOpenOption.APPEND);
            file.write(entry(3));
        }
        assertThat(numbers(path())).containsExactly(1, 2, 3);
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "log_torn_line")).isEqualTo(1);
    }

    @Test
    void a_file_that_cannot_be_opened_is_told_by_name() throws IOException {
        Files.createDirectories(path());
        assertThatThrownBy(() -> JsonLinesFile.at(path()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("log file " + path() + " cannot be opened (");
    }

    @Test
    void an_interrupted_thread_writes_like_any_other() throws IOException {
        try (JsonLinesFile file = JsonLinesFile.at(path())) {
            Thread.currentThread().interrupt();
            file.write(entry(1));
            assertThat(Thread.interrupted()).isTrue();
            file.write(entry(2));
        }
        assertThat(numbers(path())).containsExactly(1, 2);
    }

    @Test
    void many_threads_tear_no_line() throws Exception {
        int threads = 8;
        int perThread = 500;
        CountDownLatch done = new CountDownLatch(threads);
        try (JsonLinesFile file = JsonLinesFile.builder(path())
                .maxFileBytes(20_000)
                .keptFiles(100)
                .build()) {
            for (int t = 0; t < threads; t++) {
                int first = t * perThread;
                new Thread(() -> {
                            for (int i = 0; i < perThread; i++) {
                                file.write(entry(first + i));
                            }
                            done.countDown();
                        })
                        .start();
            }
            done.await();
        }
        List<Integer> all = new ArrayList<>();
        try (var files = Files.list(path().getParent())) {
            for (Path file : files.toList()) {
                all.addAll(numbers(file));
            }
        }
        assertThat(all).hasSize(threads * perThread).doesNotHaveDuplicates();
    }

    @Test
    void what_is_written_after_the_end_is_counted() {
        JsonLinesFile file = JsonLinesFile.at(path());
        CallLog log = CallLog.builder().sink(file).build();
        LlmOps llmops = LlmOps.builder().listener(log).build();
        log.close();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish();
        assertThat(llmops.telemetry().value(Telemetry.Kind.FAILURES, "CallLog.JsonLinesFile"))
                .isEqualTo(1);
    }

    @Test
    void all_that_is_wrong_with_a_configuration_is_told_at_once() {
        assertThatThrownBy(() -> JsonLinesFile.builder(path())
                        .maxFileBytes(0)
                        .keptFiles(-1)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxFileBytes is not positive (0) — at least 1 — ")
                .hasMessageContaining("keptFiles is negative (-1) — 0 or more — ");
    }

    @Test
    void a_killed_process_loses_no_entry_that_was_written_and_leaves_one_torn_line_at_worst() throws Exception {
        ChildJvm writer = ChildJvm.start(Writer.class, path().toString());
        int written = -1;
        while (written < 20_000) {
            written = Integer.parseInt(writer.awaitLine());
        }
        writer.kill();

        List<Integer> found = new ArrayList<>();
        try (JsonLinesFile restarted = JsonLinesFile.at(path())) {
            assertThat(restarted.tornBytes()).isLessThan(entry(1_000_000).json().length() + 1L);
            restarted.write(entry(-1));
        }
        for (int i = 1; Files.exists(Rotation.numbered(path(), i)); i++) {
            found.addAll(0, numbers(Rotation.numbered(path(), i)));
        }
        found.addAll(numbers(path()));
        assertThat(found.get(found.size() - 1)).isEqualTo(-1);
        for (int i = 0; i < found.size() - 1; i++) {
            assertThat(found.get(i)).isEqualTo(i);
        }
        assertThat(found.size() - 2).isGreaterThanOrEqualTo(written);
    }

    /** Writes entries until it is killed, and says from time to time how many it has written. */
    static final class Writer {
        public static void main(String[] args) {
            JsonLinesFile file = JsonLinesFile.builder(Path.of(args[0]))
                    .maxFileBytes(100_000)
                    .keptFiles(1000)
                    .build();
            for (int i = 0; ; i++) {
                file.write(entry(i));
                if (i % 1000 == 0) {
                    System.out.println(i);
                }
            }
        }
    }
}
