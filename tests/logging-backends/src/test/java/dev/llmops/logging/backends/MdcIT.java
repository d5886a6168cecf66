package dev.llmops.logging.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A key of ours that is in the MDC too loses nothing: neither the event, nor the record, nor the application's value. */
class MdcIT {

    private static final Map<String, String> OUR_FIELDS = new LinkedHashMap<>();

    static {
        for (String field : new String[] {
            "trace_id", "span_id", "traceId", "spanId", "request_id", "user_id", "status", "schema", "tenant"
        }) {
            OUR_FIELDS.put(field, "the application's " + field);
        }
    }

    @EachThatWritesPairs
    void names_of_our_fields_do_not_clash(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.ORDINARY, "NESTED", OUR_FIELDS);
        assertThat(result.lines()).hasSize(5);
        assertThat(Reading.nested(backEnd.place, result.lines().get(0), "llmops"))
                .isEqualTo(Reading.tree(result.expected().get(0)));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ELASTIC", "OPENTELEMETRY_DEFAULTS", "LOGBACK_15_MESSAGE", "LOGBACK_16_MESSAGE", "SLF4J_SIMPLE"})
    void a_key_named_llmops_moves_the_record_aside(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.ORDINARY, "NESTED", Map.of("llmops", "the application's"));
        assertThat(result.lines()).hasSize(5);
        assertThat(Reading.nested(backEnd.place, result.lines().get(0), "llmops_record"))
                .isEqualTo(Reading.tree(result.expected().get(0)));
        assertThat(result.warnings())
                .anyMatch(warning -> warning.contains("log records go by the key 'llmops_record'"));
    }

    @EachThatWritesFields
    void a_key_within_llmops_moves_the_flat_fields_aside(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.ORDINARY, "FLAT", Map.of("llmops.status", "the application's"));
        assertThat(result.lines()).hasSize(5);
        assertThat(Reading.flat(backEnd.place, result.lines().get(0), "llmops_record"))
                .containsEntry("llmops_record.status", "error")
                .containsEntry("llmops_record.tokens_in", "812");
    }

    @EachThatWritesPairs
    void a_key_around_or_within_the_events_name_loses_the_name_alone(BackEnd backEnd) throws Exception {
        for (String key : new String[] {"otel", "otel.event", "otel.event.name", "otel.event.name.x"}) {
            BackEnd.Result result = backEnd.play(Scenario.ORDINARY, "NESTED", Map.of(key, "the application's"));
            assertThat(result.lines()).as(key).hasSize(5);
            assertThat(Reading.nested(backEnd.place, result.lines().get(0), "llmops"))
                    .isEqualTo(Reading.tree(result.expected().get(0)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void as_message_no_key_clashes(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.ORDINARY, "MESSAGE_JSON", OUR_FIELDS);
        assertThat(result.lines()).hasSize(5);
        assertThat(Reading.message(backEnd.place, result.lines().get(0)))
                .isEqualTo(Reading.tree(result.expected().get(0)));
    }
}
