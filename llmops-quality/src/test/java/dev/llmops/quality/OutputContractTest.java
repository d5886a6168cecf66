package dev.llmops.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.quality.OutputContract.Failure;
import org.junit.jupiter.api.Test;

class OutputContractTest {

    static final String SCHEMA = """
            {"type": "object", "required": ["total"],
             "properties": {"total": {"type": "number"}, "items": {"type": "array", "items": {"type": "string"}}}}
            """;

    private final OutputContract contract = OutputContract.ofSchema(SCHEMA);

    @Test
    void an_answer_that_keeps_the_contract_has_no_failures() {
        assertThat(contract.check("{\"total\": 3, \"items\": [\"a\"]}")).isEmpty();
    }

    @Test
    void a_missing_field_is_named() {
        assertThat(contract.check("{}")).containsExactly(new Failure("/total", "required"));
    }

    @Test
    void a_field_of_the_wrong_type_is_named() {
        assertThat(contract.check("{\"total\": \"3\", \"items\": [1]}"))
                .containsExactlyInAnyOrder(new Failure("/total", "type"), new Failure("/items/0", "type"));
    }

    @Test
    void an_answer_that_is_no_json_fails_as_a_whole() {
        assertThat(contract.check("The total is 3.")).containsExactly(new Failure("", "json"));
    }

    @Test
    void a_schema_that_is_no_json_is_an_error() {
        assertThatThrownBy(() -> OutputContract.ofSchema("total: number: x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
