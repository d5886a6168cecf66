package dev.llmops.cost.ledger.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.cost.ledger.Entries;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.store.EntryJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damage costs the frames that it touches, and no other. */
class SegmentReaderTest {

    private static final List<String> CALLS = List.of("a", "bb", "ccc", "dddd");
    private static final int HEADER = Frames.FILE_HEADER.length;

    /** Where each frame begins, and where the last one ends. */
    private static final List<Integer> STARTS = IntStream.rangeClosed(0, CALLS.size())
            .mapToObj(frames -> segment(CALLS.subList(0, frames)).length)
            .toList();

    private Path file;

    @BeforeEach
    @BeforeProperty
    void createFile() throws IOException {
        file = Files.createTempFile("segment", ".journal");
    }

    @AfterEach
    @AfterProperty
    void deleteFile() throws IOException {
        Files.delete(file);
    }

    @Test
    void a_flipped_bit_costs_the_frame_that_it_is_in() throws Exception {
        byte[] whole = segment(CALLS);
        for (int at = 0; at < whole.length; at++) {
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) (1 << (at % 8));
            Reading reading = read(bytes);
            int damaged = frameAt(at);
            assertThat(reading.calls()).as("byte %d", at).isEqualTo(without(damaged, damaged));
            assertThat(reading.damagedPlaces()).isEqualTo(1);
            assertThat(reading.damagedBytes())
                    .isEqualTo(damaged < 0 ? HEADER : STARTS.get(damaged + 1) - STARTS.get(damaged));
        }
    }

    @Property(tries = 500)
    void bytes_that_are_replaced_cost_the_frames_that_they_are_in(
            @ForAll @IntRange(max = 5000) int from, @ForAll @IntRange(max = 2000) int length, @ForAll byte value)
            throws Exception {
        byte[] bytes = segment(CALLS);
        int start = from % bytes.length;
        int end = Math.min(bytes.length, start + 1 + length);
        for (int i = start; i < end; i++) {
            bytes[i] ^= value == 0 ? bytes[i] : value; // all zeros, or each byte changed
        }
        Reading reading = read(bytes);
        assertThat(reading.calls())
                .containsAll(without(frameAt(start), frameAt(end - 1)))
                .isSubsetOf(CALLS)
                .isSorted();
    }

    @Property(tries = 500)
    void bytes_that_are_missing_cost_the_frames_that_they_were_in(
            @ForAll @IntRange(max = 5000) int from, @ForAll @IntRange(max = 2000) int length) throws Exception {
        byte[] whole = segment(CALLS);
        int start = from % whole.length;
        int end = Math.min(whole.length, start + 1 + length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(whole, 0, start);
        bytes.write(whole, end, whole.length - end);
        // The start of a frame and the end of another, which holds the same, may be a whole one.
        assertThat(read(bytes.toByteArray()).calls())
                .containsAll(without(frameAt(start), frameAt(end - 1)))
                .isSubsetOf(CALLS)
                .isSorted();
    }

    @Property(tries = 500)
    void bytes_of_any_kind_are_read_to_their_end(@ForAll byte[] bytes) throws Exception {
        Reading reading = read(bytes);
        assertThat(reading.calls()).isEmpty();
        assertThat(reading.damagedBytes()).isEqualTo(bytes.length);
    }

    @Test
    void a_text_that_looks_like_a_frame_is_none_even_in_a_damaged_entry() throws Exception {
        Frames forged = new Frames();
        forged.add(Entries.entry("forged", "1000000"));
        String text = new String(forged.toByteArray(), StandardCharsets.ISO_8859_1);
        LedgerEntry hostile = Entries.call("hostile", "1")
                .cost(new Cost(
                        CostState.EXACT, BigDecimal.ONE, "USD", List.of(Entries.component(text, "1", "1")), null))
                .build();
        byte[] bytes = segmentOf(List.of(hostile, Entries.entry("behind", "1")));
        bytes[HEADER + 1] ^= 1;

        assertThat(read(bytes).calls()).containsExactly("behind");
    }

    @Test
    void nothing_is_read_beyond_the_limit_where_a_write_may_be_under_way() throws Exception {
        byte[] before = segmentOf(List.of(Entries.entry("a", "1"), Entries.entry("b", "1")));
        byte[] after = segmentOf(List.of(Entries.entry("a", "1"), Entries.entry("c", "1")));
        int first = HEADER + (before.length - HEADER) / 2;
        Files.write(file, before);
        try (SegmentReader reader = new SegmentReader(file)) {
            assertThat(EntryJson.read(reader.next(first)).callId()).isEqualTo("a");
            assertThat(reader.next(first)).isNull();
            Files.write(file, after);
            assertThat(EntryJson.read(reader.next(after.length)).callId()).isEqualTo("c");
            assertThat(reader.damagedPlaces()).isZero();
        }
    }

    /** With a checksum for each of them, this would take hours. */
    @Test
    @Timeout(60)
    void beginnings_of_frames_without_an_end_are_searched_once() throws Exception {
        byte[] beginning = ByteBuffer.allocate(9)
                .putInt(Frames.MAX_PAYLOAD)
                .putInt(0)
                .put((byte) '{')
                .array();
        byte[] bytes = new byte[beginning.length << 20];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = beginning[i % beginning.length];
        }
        byte[] last = segment(CALLS);
        System.arraycopy(last, HEADER, bytes, bytes.length - last.length + HEADER, last.length - HEADER);

        assertThat(read(bytes).calls()).isEqualTo(CALLS);
    }

    private Reading read(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        List<String> calls = new ArrayList<>();
        try (SegmentReader reader = new SegmentReader(file)) {
            for (byte[] payload = reader.next(bytes.length); payload != null; payload = reader.next(bytes.length)) {
                calls.add(EntryJson.read(payload).callId());
            }
            assertThat(reader.offset()).isEqualTo(bytes.length);
            return new Reading(calls, reader.damagedPlaces(), reader.damagedBytes());
        }
    }

    private static byte[] segment(List<String> calls) {
        return segmentOf(
                calls.stream().map(call -> Entries.entry(call, "0.001")).toList());
    }

    private static byte[] segmentOf(List<LedgerEntry> entries) {
        Frames frames = new Frames();
        entries.forEach(frames::add);
        return ByteBuffer.allocate(HEADER + frames.size())
                .put(Frames.FILE_HEADER)
                .put(frames.bytes())
                .array();
    }

    /** Returns the number of the frame that has a byte, or -1 for the header. */
    private static int frameAt(int at) {
        return (int) IntStream.range(0, CALLS.size())
                        .filter(frame -> STARTS.get(frame) <= at)
                        .count()
                - 1;
    }

    private static List<String> without(int first, int last) {
        return IntStream.range(0, CALLS.size())
                .filter(frame -> frame < first || frame > last)
                .mapToObj(CALLS::get)
                .toList();
    }

    private record Reading(List<String> calls, int damagedPlaces, long damagedBytes) {}
}
