package dev.llmops.samples.gateway.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MockScriptTest {

    @Test
    void every_key_is_read() {
        MockScript script =
                MockScript.parse("tokens=20; input_tokens=100;cached_tokens=40; reasoning_tokens=5; ttft_ms=30;"
                        + " gap_ms=2; tokens_per_chunk=3; seed=-7; faithfulness=0.93; fault=stall; after=11;");
        assertThat(script).isEqualTo(new MockScript(20, 100, 40, 5, 30, 2, 3, -7L, 0.93, MockFault.STALL, 11));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", ";"})
    void no_header_asks_for_nothing(String header) {
        assertThat(MockScript.parse(header))
                .isEqualTo(new MockScript(null, null, null, null, null, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @EnumSource
    void every_fault_is_known_by_its_wire_name(MockFault fault) {
        assertThat(MockScript.parse("fault=" + fault.wireName()).fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokens=-1 | tokens is -1 — a whole number from 0 to 1000000 is allowed",
                "gap_ms=fast | gap_ms is fast — a whole number from 0 to 600000 is allowed",
                "tokens_per_chunk=0 | tokens_per_chunk is 0 — a whole number from 1 to 1000000 is allowed",
                "seed=x | seed is x — a whole number of 64 bits is allowed",
                "faithfulness=1.5 | faithfulness is 1.5 — a number from 0 to 1 is allowed",
                "faithfulness=NaN | faithfulness is NaN — a number from 0 to 1 is allowed",
                "fault=fire | fault is fire — allowed are error_before_first_token",
                "speed=9 | speed is 9 — x-mock has no such key",
                "tokens | part is tokens — key=value is allowed",
                "tokens=1; tokens=2 | tokens is 2 — each key is allowed once",
                "tokens=3; after=4; fault=stall | after is 4 — at most tokens is allowed",
                "after=4 | after is 4 — it needs a fault that strikes at a token",
                "fault=usage_missing; after=4 | after is 4 — it needs a fault that strikes at a token",
                "input_tokens=5; cached_tokens=6 | cached_tokens is 6 — at most input_tokens is allowed, of which it is a part",
                "tokens=5; reasoning_tokens=6 | reasoning_tokens is 6 — at most tokens is allowed, of which it is a part",
            })
    void a_broken_rule_is_told_with_its_key_and_value(String header, String message) {
        assertThatThrownBy(() -> MockScript.parse(header))
                .isInstanceOf(MockScript.BadScript.class)
                .hasMessageStartingWith("x-mock: " + message);
    }

    @Test
    void all_broken_rules_are_told_together() {
        assertThatThrownBy(() -> MockScript.parse("tokens=a; fault=b"))
                .hasMessageContaining("tokens is ")
                .hasMessageContaining("fault is ");
    }
}
