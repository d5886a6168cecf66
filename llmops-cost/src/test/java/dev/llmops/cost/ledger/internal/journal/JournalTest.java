package dev.llmops.cost.ledger.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.cost.ledger.Entries;
import dev.llmops.cost.ledger.entry.Durability;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.journal.Journal.Segment;
import dev.llmops.cost.ledger.internal.store.EntryJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final long SEGMENT = 4 << 10;
    private static final long UNBOUNDED = 1 << 30;

    @TempDir
    Path directory;

    @Test
    void what_was_written_is_read_again_in_order() throws Exception {
        try (Journal journal = open()) {
            write(journal, "a", "b");
            write(journal, "c");
            journal.seal();
            assertThat(readAll(journal)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void a_journal_of_an_earlier_run_goes_on() throws Exception {
        try (Journal journal = open()) {
            write(journal, "a", "b");
        }
        try (Journal journal = open()) {
            assertThat(journal.recoveredFrames()).isEqualTo(2);
            write(journal, "c");
            journal.seal();
            assertThat(readAll(journal)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void a_file_that_is_full_is_followed_by_another_and_each_is_deleted_when_read() throws Exception {
        try (Journal journal = open()) {
            for (int i = 0; i < 40; i++) {
                write(journal, "entry-" + i);
            }
            journal.seal();
            assertThat(files()).hasSizeGreaterThan(3);
            assertThat(readAll(journal)).hasSize(40);
            assertThat(files()).isEmpty();
            assertThat(journal.bytes()).isZero();
        }
    }

    @Test
    void a_tail_torn_at_any_byte_costs_only_the_entry_it_belongs_to() throws Exception {
        byte[] whole = journalOf("a", "b", "c");
        long twoFrames = lengthOf("a", "b");
        for (int length = (int) twoFrames; length < whole.length; length++) {
            Files.write(onlyFile(), Arrays.copyOf(whole, length));
            try (Journal journal = open()) {
                assertThat(journal.recoveredFrames()).isEqualTo(2);
                assertThat(journal.tornBytes()).isEqualTo(length - twoFrames);
            }
            assertThat(Files.size(onlyFile())).isEqualTo(twoFrames);
        }
    }

    @Test
    void zeros_after_the_last_entry_are_no_entry() throws Exception {
        byte[] whole = journalOf("a", "b");
        Files.write(onlyFile(), Arrays.copyOf(whole, whole.length + 4096));
        try (Journal journal = open()) {
            assertThat(journal.recoveredFrames()).isEqualTo(2);
            assertThat(journal.tornBytes()).isEqualTo(4096);
        }
    }

    @Test
    void a_flipped_bit_in_the_last_entry_cuts_it_off() throws Exception {
        byte[] whole = journalOf("a", "b");
        whole[whole.length - 20] ^= 1;
        Files.write(onlyFile(), whole);
        try (Journal journal = open()) {
            assertThat(journal.recoveredFrames()).isEqualTo(1);
        }
    }

    @Test
    void a_file_without_a_whole_header_is_removed() throws Exception {
        Files.createDirectories(directory);
        Files.write(directory.resolve("0000000000000007.journal"), new byte[] {'L', 'L', 'M'});
        try (Journal journal = open()) {
            assertThat(journal.recoveredFrames()).isZero();
            assertThat(files()).isEmpty();
            write(journal, "a");
            assertThat(onlyFile().getFileName()).hasToString("0000000000000008.journal");
        }
    }

    @Test
    void a_file_before_the_last_that_is_damaged_at_its_end_gives_what_it_can() throws Exception {
        byte[] first = journalOf("a", "b");
        first[(int) lengthOf("a") + 30] ^= 1;
        Files.write(onlyFile(), first);
        Files.write(directory.resolve("0000000000000002.journal"), journalBytesInNewDirectory("c"));
        try (Journal journal = open()) {
            journal.seal();
            assertThat(journal.recoveredFrames()).isEqualTo(2);
            assertThat(journal.tornBytes()).isZero();
            assertThat(readAll(journal)).containsExactly("a", "c");
        }
    }

    @Test
    void a_changed_byte_anywhere_costs_only_the_entry_it_belongs_to() throws Exception {
        byte[] whole = journalOf("a", "b", "c");
        Path file = onlyFile();
        for (int at = 0; at < whole.length; at++) {
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) 0xFF;
            Files.write(file, bytes);
            List<String> others = new ArrayList<>(List.of("a", "b", "c"));
            if (at >= Frames.FILE_HEADER.length) {
                others.remove(at < lengthOf("a") ? "a" : at < lengthOf("a", "b") ? "b" : "c");
            }
            try (Journal journal = open()) {
                journal.seal();
                assertThat(journal.recoveredFrames()).isEqualTo(others.size());
                assertThat(journal.tornBytes()).isEqualTo(others.contains("c") ? 0 : whole.length - lengthOf("a", "b"));
                assertThat(readAll(journal)).as("byte %d", at).isEqualTo(others);
            }
        }
    }

    @Test
    void a_file_that_is_set_aside_leaves_an_earlier_one_of_its_name() throws Exception {
        for (String call : List.of("a", "b", "c")) {
            try (Journal journal = open()) {
                write(journal, call);
                journal.setAside(journal.awaitOldest(null, 0));
            }
        }
        for (String suffix : List.of("", ".2", ".3")) {
            assertThat(directory.resolve("0000000000000001.journal.damaged" + suffix))
                    .exists();
        }
    }

    @Test
    void a_journal_at_its_bound_takes_nothing_until_it_is_read() throws Exception {
        try (Journal journal =
                Journal.open(directory, SEGMENT, 3 * SEGMENT, Durability.OPERATING_SYSTEM, Duration.ZERO)) {
            IOException full = null;
            for (int i = 0; full == null; i++) {
                try {
                    write(journal, "entry-" + i);
                } catch (IOException e) {
                    full = e;
                }
            }
            assertThat(full).hasMessage("the journal has reached its bound of 12288 bytes");
            journal.carried(journal.awaitOldest(null, 0), 1);
            write(journal, "one more");
        }
    }

    @Test
    void a_directory_belongs_to_one_journal() throws Exception {
        try (Journal journal = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the journal in " + directory
                            + " is in use by another ledger — one ledger a directory — give each its own");
            assertThat(journal.recoveredFrames()).isZero();
        }
        open().close();
    }

    @Test
    void an_entry_that_does_not_fit_a_frame_leaves_nothing_behind() {
        Frames frames = new Frames();
        String name = "x".repeat(2000);
        var components = Collections.nCopies(500, Entries.component(name, "1", "1"));
        LedgerEntry large = Entries.call("large", "1")
                .cost(new Cost(CostState.EXACT, BigDecimal.ONE, "USD", components, null))
                .build();

        assertThatThrownBy(() -> frames.add(large)).isInstanceOf(IllegalArgumentException.class);
        assertThat(frames.size()).isZero();
    }

    private Journal open() throws IOException {
        return Journal.open(directory, SEGMENT, UNBOUNDED, Durability.OPERATING_SYSTEM, Duration.ZERO);
    }

    private static void write(Journal journal, String... callIds) throws IOException {
        Frames frames = new Frames();
        for (String callId : callIds) {
            frames.add(Entries.entry(callId, "0.001"));
        }
        journal.write(frames);
    }

    private static List<String> readAll(Journal journal) throws Exception {
        List<String> callIds = new ArrayList<>();
        Segment segment;
        while ((segment = journal.awaitOldest(null, 0)) != null) {
            try (SegmentReader reader = new SegmentReader(segment.file)) {
                long length = journal.extent(segment).length();
                for (byte[] payload = reader.next(length); payload != null; payload = reader.next(length)) {
                    callIds.add(EntryJson.read(payload).callId());
                }
            }
            journal.carried(segment, 1);
        }
        return callIds;
    }

    /** Writes a journal and gives its one file's bytes. */
    private byte[] journalOf(String... callIds) throws IOException {
        try (Journal journal = open()) {
            write(journal, callIds);
        }
        return Files.readAllBytes(onlyFile());
    }

    private byte[] journalBytesInNewDirectory(String callId) throws IOException {
        Path other = directory.resolve("other");
        try (Journal journal = Journal.open(other, SEGMENT, UNBOUNDED, Durability.OPERATING_SYSTEM, Duration.ZERO)) {
            write(journal, callId);
        }
        return Files.readAllBytes(other.resolve("0000000000000001.journal"));
    }

    private static long lengthOf(String... callIds) {
        Frames frames = new Frames();
        for (String callId : callIds) {
            frames.add(Entries.entry(callId, "0.001"));
        }
        return Frames.FILE_HEADER.length + frames.size();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(".journal")).toList();
        }
    }

    private Path onlyFile() throws IOException {
        assertThat(files()).hasSize(1);
        return files().get(0);
    }
}
