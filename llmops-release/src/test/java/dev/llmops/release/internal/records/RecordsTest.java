package dev.llmops.release.internal.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RecordsTest {

    private final Words words = new Words();
    private final RecordWriter writer = new RecordWriter(words);
    private final RecordReader reader = new RecordReader(words);

    private RecordReader written() {
        return reader.at(writer.bytes(), 0);
    }

    @Property(tries = 500)
    void a_text_comes_back_as_it_was(@ForAll String text) {
        writer.clear().text(text);
        writer.word(text);
        assertThat(written().text()).isEqualTo(text);
        assertThat(reader.word()).isEqualTo(text);
        assertThat(reader.offset()).isEqualTo(writer.length());
    }

    @Property(tries = 200)
    void numbers_come_back_as_they_were(@ForAll long whole, @ForAll double number) {
        writer.clear().whole(whole);
        writer.fixed(whole);
        writer.number(number);
        assertThat(written().whole()).isEqualTo(whole);
        assertThat(reader.fixed()).isEqualTo(whole);
        assertThat(reader.number()).isEqualTo(number);
    }

    @Test
    void ids_are_short_and_others_that_look_like_them_stay_what_they_are() {
        for (String text : List.of(
                "019b76da-a800-7897-ad64-a6c789d63379",
                "019B76DA-a800-7897-ad64-a6c789d63379",
                "019b76da-a800-7897-ad64-a6c789d6337g",
                "019b76da-a800-7897+ad64-a6c789d63379",
                "25c367305683132b",
                "25C367305683132B",
                "00000000-0000-0000-0000-000000000000",
                "\ud83d",
                "ünit")) {
            writer.clear().text(text);
            assertThat(written().text()).isEqualTo(text);
        }
        writer.clear().text("ffffffff-ffff-ffff-ffff-ffffffffffff");
        assertThat(writer.length()).isEqualTo(17);
        writer.clear().text("ffffffffffffffff");
        assertThat(writer.length()).isEqualTo(9);
    }

    @Property(tries = 500)
    void ids_are_compared_as_their_texts(@ForAll long one, @ForAll long two, @ForAll long low) {
        for (String first : List.of(new UUID(one, low).toString(), "call-" + one)) {
            for (String second : List.of(new UUID(two, low).toString(), new UUID(one, ~low).toString(), first)) {
                RecordWriter other = new RecordWriter(words);
                writer.clear().text(first);
                other.text(second);
                int compared = written().compareText(new RecordReader(words).at(other.bytes(), 0));
                assertThat(Integer.signum(compared)).isEqualTo(Integer.signum(first.compareTo(second)));
            }
        }
    }

    @Test
    void words_beyond_the_capacity_stay_texts() {
        for (int i = 0; i < 2 * Words.CAPACITY; i++) {
            writer.clear().word("word-" + i);
            assertThat(written().word()).isEqualTo("word-" + i);
        }
        writer.clear().word("word-7");
        assertThat(writer.length()).isEqualTo(1);
    }

    @Property(tries = 30)
    void groups_are_those_of_a_map(
            @ForAll long seed,
            @ForAll @LongRange(max = 4_096) long memory,
            @ForAll @LongRange(min = 256, max = 8_192) long largest) {
        Random random = new Random(seed);
        Map<String, List<Long>> expected = new HashMap<>();
        try (RecordGroups groups = new RecordGroups(memory, largest)) {
            RecordWriter body = new RecordWriter(words);
            for (int i = 0; i < 5_000; i++) {
                String key = random.nextInt(3) == 0 ? "often" : "key-" + random.nextInt(900);
                expected.computeIfAbsent(key, any -> new ArrayList<>()).add((long) i);
                writer.clear().text(key);
                body.clear().whole(i);
                groups.add(writer, body);
            }
            assertThat(read(groups)).isEqualTo(new TreeMap<>(expected));
        }
    }

    private Map<String, List<Long>> read(RecordGroups groups) {
        Map<String, List<Long>> read = new ConcurrentHashMap<>();
        groups.forEach(() -> records -> {
            RecordReader own = new RecordReader(words);
            List<Long> values = new ArrayList<>();
            String key = "";
            for (int i = 0; i < records.size(); i++) {
                records.select(i);
                key = String.valueOf(
                        own.at(records.bytes(), records.keyOffset()).text());
                values.add(own.at(records.bytes(), records.offset()).whole());
            }
            values.sort(null);
            assertThat(read.put(key, values)).isNull();
        });
        return new TreeMap<>(read);
    }
}
