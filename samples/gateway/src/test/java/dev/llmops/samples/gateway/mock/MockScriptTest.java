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
                "tokens=-1 | tokens must be a whole number from 0 to 1000000, but was -1",
                "gap_ms=fast | gap_ms must be a whole number from 0 to 600000, but was fast",
                "tokens_per_chunk=0 | tokens_per_chunk must be a whole number from 1 to 1000000, but was 0",
                "seed=x | seed must be a whole number of 64 bits, but was x",
                "faithfulness=1.5 | faithfulness must be a number from 0 to 1, but was 1.5",
                "faithfulness=NaN | faithfulness must be a number from 0 to 1, but was NaN",
                "fault=fire | fault must be one of error_before_first_token",
                "speed=9 | speed is not a key of x-mock",
                "tokens | tokens must be written key=value, but was tokens",
                "tokens=1; tokens=2 | tokens must be given once, but was 2",
                "tokens=3; after=4; fault=stall | after must be at most tokens, but was 4",
                "after=4 | after needs a fault that strikes at a token, but was 4",
                "fault=usage_missing; after=4 | after needs a fault that strikes at a token, but was 4",
                "input_tokens=5; cached_tokens=6 | cached_tokens must be at most input_tokens, of which it is a part, but was 6",
                "tokens=5; reasoning_tokens=6 | reasoning_tokens must be at most tokens, of which it is a part, but was 6",
            })
    void a_broken_rule_is_told_with_its_key_and_value(String header, String message) {
        assertThatThrownBy(() -> MockScript.parse(header))
                .isInstanceOf(MockScript.BadScript.class)
                .hasMessageStartingWith("x-mock: " + message);
    }

    @Test
    void all_broken_rules_are_told_together() {
        assertThatThrownBy(() -> MockScript.parse("tokens=a; fault=b"))
                .hasMessageContaining("tokens must be")
                .hasMessageContaining("fault must be");
    }
}
