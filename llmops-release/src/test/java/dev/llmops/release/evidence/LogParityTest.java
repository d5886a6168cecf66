package dev.llmops.release.evidence;

import static dev.llmops.release.evidence.MessyLog.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.release.Policies;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.policy.GatePolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that every way of reading a log and every place for its calls give exactly the same evidence. */
class LogParityTest {

    private static final GatePolicy POLICY = GatePolicy.standard();
    private static final GateProfile PROFILE = Policies.PROFILE;

    @TempDir
    Path folder;

    private static GateEvidence plain(List<String> lines) {
        return new PlainTable("r1", POLICY.unit()).evidence(lines, POLICY, PROFILE, NOW);
    }

    private static GateEvidence read(List<String> lines) {
        return LogEvidence.read("r1", POLICY, PROFILE, NOW, lines.stream());
    }

    private static InputStream bytes(List<String> lines, String end) {
        return new ByteArrayInputStream(String.join(end, lines).getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 40)
    void the_evidence_is_that_of_trees_and_maps(@ForAll long seed) {
        List<String> lines = MessyLog.lines(seed, 120);
        assertThat(read(lines).toJson()).isEqualTo(plain(lines).toJson());
    }

    /** SHA-256 of the evidence that the reader gave which kept every call in memory, and counted no lines. */
    @ParameterizedTest
    @CsvSource({
        "1, b4fdf22fce02820114764923ec96493015b37471ec4203a038e2a86ae1b5985e",
        "2, e52a1113c355a7c137b1c5f5435d20f0c30fe778889b746cbc5c2e42cd9a6fce",
        "3, e96c2887a566cb29e7bf95aca2c86010e733d1b88ef17c504f1d960ae52e6a16"
    })
    void the_evidence_is_what_it_was_before(long seed, String digest) throws NoSuchAlgorithmException {
        GateEvidence read = read(MessyLog.lines(seed, 2_000));
        Map<String, Long> notCounted = new TreeMap<>(read.notCounted());
        assertThat(notCounted.remove("on lines that cannot be read")).isPositive();
        String json = GateEvidence.of("r1", read.sums(), notCounted).toJson();
        assertThat(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(digest);
    }

    @Property(tries = 20)
    void bytes_of_any_line_ending_give_the_same(@ForAll long seed) {
        List<String> lines = MessyLog.lines(seed, 120);
        for (String end : List.of("\n", "\r\n", "\r", "\n\n")) {
            assertThat(LogEvidence.read("r1", POLICY, PROFILE, NOW, bytes(lines, end)))
                    .isEqualTo(plain(lines));
        }
    }

    /** Partitions of two kilobytes at most, none of which stays in memory, are divided again and again. */
    @Property(tries = 10)
    void calls_in_a_temporary_file_give_the_same(@ForAll long seed) {
        List<String> lines = MessyLog.lines(seed, 3_000);
        try (CallTable table = new CallTable(0, 2_048)) {
            long unreadable = LogEntries.read(bytes(lines, "\n"), "r1", POLICY.unit(), table, null);
            GateEvidence read = table.evidence("r1", POLICY, PROFILE, NOW);
            GateEvidence all = plain(lines);

            assertThat(read.sums()).isEqualTo(all.sums());
            assertThat(all.notCounted()).containsEntry("on lines that cannot be read", unreadable);
        }
    }

    /** One unit has all calls of a stage, so that its records alone are more than a partition may hold. */
    @Test
    void a_unit_of_very_many_calls_has_one_vote() {
        List<String> lines = new ArrayList<>(MessyLog.lines(5, 2_000));
        lines.replaceAll(line -> line.replaceAll("\"release.unit\":\"[0-9a-f]+\"", "\"release.unit\":\"acme\""));
        try (CallTable table = new CallTable(0, 2_048)) {
            assertThat(LogEntries.read(bytes(lines, "\n"), "r1", AssignmentUnit.TENANT, table, null))
                    .isPositive();
            GateEvidence all = new PlainTable("r1", AssignmentUnit.TENANT).evidence(lines, POLICY, PROFILE, NOW);
            assertThat(table.evidence("r1", POLICY, PROFILE, NOW).sums()).isEqualTo(all.sums());
        }
    }

    @Property(tries = 20)
    void the_order_of_lines_that_say_the_same_does_not_matter(@ForAll long seed) {
        List<String> lines = new ArrayList<>(MessyLog.lines(seed, 200));
        lines.removeIf(line -> line.contains("llmops.feedback") || line.contains("llmops.evaluation"));
        GateEvidence before = read(lines);
        Collections.shuffle(lines, new Random(seed));
        assertThat(read(lines)).isEqualTo(before);
    }

    @Test
    void of_two_calls_with_one_id_the_later_one_counts_across_files() throws IOException {
        String line =
                "{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-01-05T10:00:00Z\",\"call_id\":\"1\",\"status\":\"STATUS\","
                        + "\"attributes\":{\"release.change\":\"r1\",\"release.stage\":\"10%\",\"release.arm\":\"candidate\"}}";
        Path one = Files.writeString(folder.resolve("1.jsonl"), " ".repeat(500) + line.replace("STATUS", "success"));
        Path two = Files.writeString(folder.resolve("2.jsonl"), line.replace("STATUS", "error"));
        assertThat(LogEvidence.read("r1", POLICY, PROFILE, NOW, List.of(one, two))
                        .sums("10%", "errors", Arm.CANDIDATE))
                .isEqualTo(MetricSums.ofUnit(true));
        assertThat(LogEvidence.read("r1", POLICY, PROFILE, NOW, List.of(two, one))
                        .sums("10%", "errors", Arm.CANDIDATE))
                .isEqualTo(MetricSums.ofUnit(false));
    }

    @Test
    void a_line_torn_anywhere_costs_that_line_alone_and_is_counted() {
        List<String> calls = MessyLog.lines(3, 4).stream()
                .filter(line -> line.contains("llmops.call/1"))
                .limit(2)
                .toList();
        GateEvidence whole = read(calls.subList(1, 2));
        for (int length = 1; length < calls.get(0).length(); length++) {
            GateEvidence torn = read(List.of(calls.get(0).substring(0, length), calls.get(1)));
            assertThat(torn.sums()).isEqualTo(whole.sums());
            assertThat(torn.notCounted()).containsEntry("on lines that cannot be read", 1L);
        }
    }

    @Test
    void text_that_is_no_utf_8_costs_no_call() {
        String line =
                "{\"schema\":\"llmops.call/1\",\"timestamp\":\"2026-01-05T10:00:00Z\",\"call_id\":\"1\",\"status\":\"success\",\"input\":\"TEXT\","
                        + "\"attributes\":{\"release.change\":\"r1\",\"release.stage\":\"10%\",\"release.arm\":\"candidate\"}}\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] broken :
                List.of(new byte[] {(byte) 0xFF}, new byte[] {(byte) 0xC3}, new byte[] {(byte) 0xE2, (byte) 0x82})) {
            byte[] before = line.replace("\"1\"", "\"" + bytes.size() + "\"").getBytes(StandardCharsets.UTF_8);
            int at = new String(before, StandardCharsets.UTF_8).indexOf("TEXT");
            bytes.write(before, 0, at);
            bytes.writeBytes(broken);
            bytes.write(before, at + 4, before.length - at - 4);
        }
        GateEvidence read = LogEvidence.read("r1", POLICY, PROFILE, NOW, new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(read.sums("10%", "units", Arm.CANDIDATE).n()).isEqualTo(3);
        assertThat(read.notCounted()).isEmpty();
    }

    @Test
    void bytes_of_another_encoding_are_counted_as_lines_that_cannot_be_read() {
        byte[] zeros = new byte[100];
        byte[] wide = "{\"schema\":\"llmops.call/1\"}".getBytes(StandardCharsets.UTF_16LE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(zeros);
        bytes.write('\n');
        bytes.writeBytes(wide);
        GateEvidence read = LogEvidence.read("r1", POLICY, PROFILE, NOW, new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(read).isEqualTo(GateEvidence.of("r1", Map.of(), Map.of("on lines that cannot be read", 2L)));
    }
}
