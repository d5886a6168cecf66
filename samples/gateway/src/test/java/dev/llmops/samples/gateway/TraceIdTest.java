package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void an_id_of_the_clients_own_is_kept_as_it_is() {
        assertThat(TraceId.of("canary-test-001", PARENT)).isEqualTo("canary-test-001");
    }

    @Test
    void without_one_the_trace_of_the_traceparent_goes_on() {
        assertThat(TraceId.of(null, PARENT)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(TraceId.of(" ", PARENT + "")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "canary"
            })
    void a_broken_traceparent_begins_a_new_trace(String traceparent) {
        assertThat(TraceId.of(null, traceparent))
                .matches("[0-9a-f]{32}")
                .isNotEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @CsvSource({"a\u0007b, a%07b", "caf\u00e9, caf%E9", "\u6d4b, %u6D4B", "a\"b c, a\"b c"})
    void what_is_not_printable_ascii_is_escaped(String id, String safe) {
        assertThat(TraceId.of(id, null)).isEqualTo(safe);
    }

    @Property
    void any_id_comes_out_printable_and_bounded(@ForAll String id) {
        assertThat(TraceId.of(id, null)).matches("[ -~]{1," + TraceId.MAX_LENGTH + "}");
    }
}
