package dev.llmops.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.TokenUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

class BackEndRecordTest {

    private static LogEntry entry() {
        List<LogEntry> written = new ArrayList<>();
        Logged logged = new Logged(log -> log.sink(written::add));
        var call = logged.chat().streaming(true).user("测试\"").start();
        logged.ticker.advanceMillis(220);
        call.chunk(1);
        call.usage(TokenUsage.inclusive(812, 333)).attribute("share", 1e-9).finish("stop");
        return written.get(0);
    }

    @Test
    void an_encoder_on_jackson_gets_what_it_would_make_of_the_map() {
        LogEntry entry = entry();
        var mapper = new ObjectMapper();
        assertThat(mapper.writeValueAsString(BackEndRecord.of(entry)))
                .isEqualTo(mapper.writeValueAsString(new LinkedHashMap<>(entry.map())));
    }

    @Test
    void an_encoder_that_quotes_numbers_still_writes_json() {
        var quoting = JsonMapper.builder()
                .enable(JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS)
                .build();
        var read = quoting.readTree(quoting.writeValueAsString(BackEndRecord.of(entry())));
        assertThat(read.get("tokens_in").asString()).isEqualTo("812");
        assertThat(read.get("latency_ms").get("first_token").asDouble()).isEqualTo(220.0);
    }

    @Test
    void to_others_it_is_the_map() {
        LogEntry entry = entry();
        assertThat(BackEndRecord.of(entry)).isEqualTo(entry.map()).hasToString(entry.json());
        assertThat(BackEndRecord.of(entry).get("provider")).isEqualTo("openai");
        assertThat(BackEndRecord.of(entry).containsKey("user")).isFalse();
    }

    @Property
    void a_time_has_the_digits_of_its_double(@ForAll @LongRange(min = 0, max = 20_000_000_000_000L) long nanos) {
        double millis = nanos / 1e6;
        String text = JsonText.of(millis);
        assertThat(text).isEqualTo(NumberOutput.toString(millis, true));
        assertThat(JsonSize.BYTES.of(millis)).isEqualTo(text.length());
    }

    @Test
    void the_bound_of_a_record_is_no_less_than_its_size() {
        LogEntry entry = entry();
        long size = JsonSize.BYTES.of(entry.map());
        assertThat(new SizeCap(size - 1, JsonSize.BYTES).surelyFits(entry::writeTo))
                .isFalse();
        assertThat(new SizeCap(8 * size, JsonSize.BYTES).surelyFits(entry::writeTo))
                .isTrue();
    }

    @Test
    void straight_from_the_record_and_from_its_map_the_text_is_the_same() {
        LogEntry entry = entry();
        assertThat(entry.json()).isEqualTo(entry.map().toString());
        assertThat(new String(JsonText.line(entry), UTF_8)).isEqualTo(entry.json() + "\n");
    }
}
