package dev.llmops.samples.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {

    private final List<String> events = new ArrayList<>();
    private final SseParser parser = new SseParser((name, data) -> events.add(data));

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void each_line_ending_of_the_standard_ends_a_line(String end) throws Exception {
        feed("data: one" + end + end + "data: two" + end + end);
        assertThat(events).containsExactly("one", "two");
    }

    @Test
    void comments_and_other_fields_are_passed_over() throws Exception {
        feed(": keep-alive\n\nevent: delta\nid: 7\nretry: 10\ndata: one\n\n: ping\n\n");
        assertThat(events).containsExactly("one");
    }

    @Test
    void the_name_of_an_event_belongs_to_it_alone() throws Exception {
        List<String> names = new ArrayList<>();
        SseParser named = new SseParser((name, data) -> names.add(name + "=" + data));
        named.feed("event: error\ndata: one\n\nevent: lost\n\ndata: two\n\n".getBytes(UTF_8));
        assertThat(names).containsExactly("error=one", "null=two");
    }

    @Test
    void several_data_lines_are_one_event() throws Exception {
        feed("data: one\ndata:two\ndata\n\n");
        assertThat(events).containsExactly("one\ntwo\n");
    }

    @Test
    void only_the_first_space_after_the_colon_belongs_to_the_field() throws Exception {
        feed("data:  two spaces\n\n");
        assertThat(events).containsExactly(" two spaces");
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_field() throws Exception {
        feed("\ufeffdata: one\n\n");
        assertThat(events).containsExactly("one");
    }

    @Test
    void an_event_that_the_end_cuts_off_is_dropped() throws Exception {
        feed("data: one\n\ndata: two\n");
        assertThat(events).containsExactly("one");
    }

    @Test
    void an_endless_event_is_refused() {
        assertThatThrownBy(() -> feed("data: " + "x".repeat(SseParser.MAX_EVENT_BYTES)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(String.valueOf(SseParser.MAX_EVENT_BYTES));
    }

    @Property(tries = 500)
    void any_events_survive_any_line_endings_and_any_split(
            @ForAll("dataOfEvents") List<String> sent, @ForAll Random random) throws Exception {
        List<String> got = new ArrayList<>();
        SseParser any = new SseParser((name, data) -> got.add(data));
        byte[] wire = encode(sent, random).getBytes(UTF_8);
        for (int from = 0; from < wire.length; ) {
            int to = Math.min(wire.length, from + 1 + random.nextInt(7));
            any.feed(Arrays.copyOfRange(wire, from, to));
            from = to;
        }
        assertThat(got).isEqualTo(sent);
    }

    @Provide
    Arbitrary<List<String>> dataOfEvents() {
        Arbitrary<String> characters = Arbitraries.of("a", " ", ":", "\n", "é", "测", "🙂", "data:", "{\"x\":1}");
        return characters
                .list()
                .ofMinSize(0)
                .ofMaxSize(12)
                .map(parts -> String.join("", parts))
                .list()
                .ofMaxSize(6);
    }

    private static String encode(List<String> sent, Random random) {
        StringBuilder wire = new StringBuilder();
        for (String data : sent) {
            for (String line : data.split("\n", -1)) {
                wire.append("data: ").append(line).append(lineEnd(random));
                if (random.nextInt(4) == 0) {
                    wire.append(": comment").append(lineEnd(random));
                }
            }
            wire.append(lineEnd(random));
        }
        return wire.toString();
    }

    // A lone CR directly before a lone LF would read as one CRLF, so the random mix leaves CR out.
    private static String lineEnd(Random random) {
        return random.nextBoolean() ? "\n" : "\r\n";
    }

    private void feed(String text) throws ProtocolException {
        parser.feed(text.getBytes(UTF_8));
    }
}
