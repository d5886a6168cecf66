package dev.llmops.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Phase;
import dev.llmops.core.version.VersionSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class FlatFieldsTest {

    private static Map<String, Object> flat(LogEntry entry) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        FlatFields.forEach(
                entry.map(), (key, value) -> assertThat(pairs.put(key, value)).isNull());
        return pairs;
    }

    @Test
    void fields_are_dotted_and_typed_and_free_objects_are_json() {
        Logged logged = new Logged();
        VersionSet versions =
                VersionSet.builder().code("1").part("router", "r9").build();
        LlmCall call = logged.chat().versionSet(versions).start();
        try (Phase phase = call.phase("rerank")) {
            logged.ticker.advanceMillis(5);
        }
        call.attribute("a.b", 1L).finish("stop", "length");
        assertThat(flat(logged.entry()))
                .containsEntry("llmops.status", "success")
                .containsEntry("llmops.retries", 0L)
                .containsEntry("llmops.latency_ms.total", 5.0)
                .containsEntry("llmops.version_set.code", "1")
                .containsEntry("llmops.version_set.id", versions.id())
                .containsEntry("llmops.version_set.extras", "{\"router\":\"r9\"}")
                .containsEntry("llmops.finish_reasons", List.of("stop", "length"))
                .containsEntry("llmops.phases_ms", "{\"rerank\":5.0}")
                .containsEntry("llmops.attributes", "{\"a.b\":1}");
    }

    @Test
    void an_extra_version_called_extras_is_an_extra() {
        Logged logged = new Logged();
        logged.chat()
                .versionSet(VersionSet.builder().part("extras", "x").build())
                .start()
                .finish();
        assertThat(flat(logged.entry())).containsEntry("llmops.version_set.extras", "{\"extras\":\"x\"}");
    }

    @Test
    void texts_have_no_controls() {
        Logged logged = new Logged();
        logged.chat().user("u\n\u001b[31m1\u202e").start().finish();
        assertThat(flat(logged.entry())).containsEntry("llmops.user_id", "u 1");
    }

    @Test
    void the_table_covers_every_field_of_the_schema() {
        JsonNode defs = new ObjectMapper().readTree(LogSchema.text()).get("$defs");
        List<String> keys = FlatFields.allKeys();
        for (String kind : List.of("common", "call", "feedback", "evaluation", "refusal", "risk")) {
            defs.get(kind).get("properties").properties().forEach(field -> {
                boolean isObject = field.getValue().path("properties").isObject();
                String key = "llmops." + field.getKey();
                if (isObject) {
                    field.getValue()
                            .get("properties")
                            .propertyNames()
                            .forEach(inner -> assertThat(keys).contains(key + '.' + inner));
                } else {
                    assertThat(keys).contains(key);
                }
            });
        }
    }

    @Test
    void keys_with_which_a_back_end_would_lose_events_are_refused() {
        assertThatThrownBy(() -> FlatFields.check(List.of("llmops.a", "llmops.a")))
                .hasMessageContaining("'llmops.a' comes twice");
        assertThatThrownBy(() -> FlatFields.check(List.of("llmops.a", "llmops.a.b")))
                .hasMessageContaining("'llmops.a' is a prefix of 'llmops.a.b' at a dot");
        assertThatThrownBy(() -> FlatFields.check(List.of("status"))).hasMessageContaining("under llmops.");
        assertThatThrownBy(() -> FlatFields.check(List.of("llmops.a b"))).hasMessageContaining("'llmops.a b'");
    }
}
