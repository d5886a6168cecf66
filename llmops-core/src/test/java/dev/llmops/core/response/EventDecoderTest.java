package dev.llmops.core.response;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EventDecoderTest {

    private final List<ServerSentEvent> events = new ArrayList<>();
    private int dropped;
    private final EventDecoder decoder = new EventDecoder(events::add, () -> dropped++);

    private void decode(String text) {
        decoder.decode(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    @Test
    void an_event_ends_with_a_blank_line() {
        decode("event: ping\ndata: {}\n");
        assertThat(events).isEmpty();
        decode("\n");
        assertThat(events).containsExactly(new ServerSentEvent("ping", "{}"));
    }

    @Test
    void lines_may_end_with_carriage_returns() {
        decode("data: a\r\n\r\ndata: b\r\r");
        assertThat(events).containsExactly(new ServerSentEvent(null, "a"), new ServerSentEvent(null, "b"));
    }

    @Test
    void comments_and_other_fields_are_no_data() {
        decode(": keep-alive\nid: 7\nretry: 10\n\ndata:x\n\n");
        assertThat(events).containsExactly(new ServerSentEvent(null, "x"));
    }

    @Test
    void several_lines_of_data_are_joined() {
        decode("data: a\ndata:\ndata: b\n\n");
        assertThat(events).containsExactly(new ServerSentEvent(null, "a\n\nb"));
    }

    @Test
    void the_last_event_needs_no_blank_line() {
        decode("data: a");
        assertThat(decoder.end()).isTrue();
        assertThat(events).containsExactly(new ServerSentEvent(null, "a"));
    }

    @Test
    void each_line_of_json_is_an_event() {
        decode("{\"a\":1}\n{\"a\":2}\n");
        assertThat(events)
                .containsExactly(new ServerSentEvent(null, "{\"a\":1}"), new ServerSentEvent(null, "{\"a\":2}"));
        assertThat(decoder.hasServerSentEvents()).isFalse();
    }

    @Test
    void a_json_text_may_take_several_lines() {
        decode("{\n  \"a\": {\n  }\n}");
        assertThat(decoder.end()).isTrue();
        assertThat(events).containsExactly(new ServerSentEvent(null, "{\n  \"a\": {\n  }\n}"));
    }

    @Test
    void a_json_text_that_breaks_off_is_noticed() {
        decode("{\"a\": {\"b\": \"}");
        assertThat(decoder.end()).isFalse();
        assertThat(events).isEmpty();
    }

    @Test
    void an_event_that_is_too_long_is_dropped_and_the_next_one_is_not() {
        decode("data: " + "x".repeat(EventDecoder.MAX_EVENT_BYTES) + "\n\ndata: a\n\n");
        assertThat(events).containsExactly(new ServerSentEvent(null, "a"));
        assertThat(dropped).isEqualTo(1);
    }

    @Property(tries = 50)
    void events_do_not_depend_on_how_the_bytes_are_cut(@ForAll @IntRange(min = 1, max = 9) int size) {
        byte[] bytes = "event: e\ndata: hällo €\r\n\r\ndata: {\"b\":\"𝄞\"}\n\n".getBytes(UTF_8);
        List<ServerSentEvent> cut = new ArrayList<>();
        EventDecoder inPieces = new EventDecoder(cut::add, () -> {});
        for (int i = 0; i < bytes.length; i += size) {
            inPieces.decode(ByteBuffer.wrap(bytes, i, Math.min(size, bytes.length - i)));
        }
        assertThat(cut)
                .containsExactly(new ServerSentEvent("e", "hällo €"), new ServerSentEvent(null, "{\"b\":\"𝄞\"}"));
    }
}
