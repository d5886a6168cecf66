package dev.llmops.samples.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.samples.gateway.privacy.Privacy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTraceTest {

    private static final Privacy PRIVACY = new Privacy("a key of some length".getBytes(StandardCharsets.UTF_8));
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void an_id_of_the_clients_own_is_kept_as_it_is() {
        assertThat(idOf("canary-test-001", PARENT)).isEqualTo("canary-test-001");
    }

    @Test
    void without_one_the_trace_of_the_traceparent_goes_on() {
        assertThat(idOf(null, PARENT)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(idOf(" ", PARENT)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                PARENT + "," + PARENT,
                "canary"
            })
    void a_broken_traceparent_names_no_trace(String traceparent) {
        assertThat(idOf(null, traceparent)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"a\u0007b, a%07b", "caf\u00e9, caf%E9", "\u6d4b, %u6D4B", "a\"b c, a\"b c"})
    void what_is_not_printable_ascii_is_escaped(String id, String safe) {
        assertThat(idOf(id, null)).isEqualTo(safe);
    }

    @Property
    void any_id_comes_out_printable_and_bounded(@ForAll String id) {
        assertThat(idOf("x" + id, null)).matches("[ -~]{1," + CallerTrace.MAX_LENGTH + "}");
    }

    @Test
    void a_stranger_cannot_fill_the_log_with_broken_baggage() {
        Logger openTelemetry = Logger.getLogger("io.opentelemetry");
        List<LogRecord> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        openTelemetry.addHandler(handler);
        try {
            CallerTrace.read(name -> name.equals("baggage") ? "llmops.version_set.prompt=%ZZ,=,%" : null, PRIVACY);
        } finally {
            openTelemetry.removeHandler(handler);
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void what_is_private_in_an_id_becomes_a_pseudonym_that_is_always_the_same() {
        String id = idOf("of ann.smith@example.org", null);
        assertThat(id).matches("of \\[EMAIL#1\\.[0-9a-f]{32}]").isEqualTo(idOf("of ann.smith@example.org", null));
        assertThat(idOf("of bob.smith@example.org", null)).isNotEqualTo(id);
    }

    private static String idOf(String xTraceId, String traceparent) {
        Map<String, String> headers = new HashMap<>();
        headers.put("x-trace-id", xTraceId);
        headers.put("traceparent", traceparent);
        return CallerTrace.read(headers::get, PRIVACY).id();
    }
}
