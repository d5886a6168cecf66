package dev.llmops.logging.backends;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The log says at its start when the back end would lose records, names the remedy, and is silent otherwise. */
class WarningTest {

    @ParameterizedTest
    @CsvSource({
        "ELASTIC, NESTED, EcsEncoder drops key-value pairs",
        "ELASTIC, FLAT, EcsEncoder drops key-value pairs",
        "OPENTELEMETRY_DEFAULTS, NESTED, keyValuePairAttributesIncluded to *",
        "LOGBACK_15_MESSAGE, NESTED, add %kvp or use CallLog.toSlf4j(CallLog.Mode.MESSAGE_JSON)",
        "LOGBACK_16_MESSAGE, NESTED, add %kvp or use CallLog.toSlf4j(CallLog.Mode.MESSAGE_JSON)",
        "SLF4J_SIMPLE, NESTED, prints key-value pairs into the message; use CallLog.toSlf4j(CallLog.Mode.MESSAGE_JSON)",
        "JUL, FLAT, prints key-value pairs into the message; use CallLog.toSlf4j(CallLog.Mode.MESSAGE_JSON)",
    })
    void a_mode_that_would_lose_data_is_told_once_with_the_remedy(BackEnd backEnd, String mode, String warning)
            throws Exception {
        assertThat(backEnd.play(Scenario.ORDINARY, mode).warnings())
                .singleElement()
                .asString()
                .contains(warning);
    }

    @ParameterizedTest
    @CsvSource({
        "LOGSTASH, NESTED",
        "LOGSTASH, FLAT",
        "SPRING_BOOT_ECS, NESTED",
        "SPRING_BOOT_GELF, FLAT",
        "LOG4J_ECS, NESTED",
        "OPENTELEMETRY, NESTED",
        "OPENTELEMETRY, FLAT",
    })
    void a_mode_that_fits_is_not_talked_about(BackEnd backEnd, String mode) throws Exception {
        assertThat(backEnd.play(Scenario.ORDINARY, mode).warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void as_message_every_back_end_fits(BackEnd backEnd) throws Exception {
        assertThat(backEnd.play(Scenario.ORDINARY, "MESSAGE_JSON").warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OPENTELEMETRY", "OPENTELEMETRY_DEFAULTS"})
    void opentelemetry_takes_the_events_name(BackEnd backEnd) throws Exception {
        assertThat(backEnd.play(Scenario.ORDINARY, "NESTED").lines())
                .extracting(line -> Reading.tree(line).get("event_name").asString())
                .containsExactly(
                        "llmops.call", "llmops.feedback", "llmops.evaluation", "llmops.refusal", "llmops.risk");
    }
}
