package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdsTest {

    @Test
    void a_w3c_trace_id_stands_for_itself() {
        assertThat(TraceIds.toW3c("4bf92f3577b34da6a3ce929d0e0e4736")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void any_other_id_becomes_the_beginning_of_its_digest() {
        // printf canary-test-001 | sha256sum
        assertThat(TraceIds.toW3c("canary-test-001")).isEqualTo("ee8e84874b2c9c82292e8fc20308bc4a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000000000000000000000000000000",
                "4BF92F3577B34DA6A3CE929D0E0E4736",
                "4bf92f3577b34da6a3ce929d0e0e473",
                "4bf92f3577b34da6a3ce929d0e0e47361",
                "4bf92f3577b34da6a3ce929d0e0e473g",
                "550e8400-e29b-41d4-a716-446655440000"
            })
    void what_is_not_32_lower_case_digits_or_is_all_zero_is_no_w3c_id(String id) {
        assertThat(TraceIds.isW3c(id)).isFalse();
        assertThat(TraceIds.toW3c(id)).isNotEqualTo(id);
    }

    @Test
    void a_digest_of_zeros_is_replaced() {
        assertThat(TraceIds.toHex(new byte[16])).isEqualTo("00000000000000000000000000000001");
    }

    @Property
    void the_result_is_a_w3c_id_and_always_the_same(@ForAll String id) {
        assertThat(TraceIds.isW3c(TraceIds.toW3c(id))).isTrue();
        assertThat(TraceIds.toW3c(id)).isEqualTo(TraceIds.toW3c(id));
    }
}
