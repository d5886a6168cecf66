package dev.llmops.logging.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** In mode FLAT every field arrives under its own key, typed where the back end has types. */
class FlatModeTest {

    /** Objects of known keys; of all others the JSON text is logged. */
    private static final Set<String> OBJECTS =
            Set.of("pseudonym_keys", "version_set", "error", "tokens", "latency_ms", "cost", "pii", "redaction");

    private static final Set<String> STANDARD_PARTS =
            Set.of("code", "config", "prompt", "model", "index", "tools", "id");

    /** The pairs that a record becomes, with texts as they are, so that only ordinary records can be compared. */
    private static Map<String, String> flat(JsonNode record) {
        Map<String, String> flat = new LinkedHashMap<>();
        record.properties().forEach(field -> {
            String key = "llmops." + field.getKey();
            if (!OBJECTS.contains(field.getKey())) {
                flat.put(key, Reading.text(field.getValue()));
                return;
            }
            Map<String, String> extras = new LinkedHashMap<>();
            field.getValue().properties().forEach(inner -> {
                if (field.getKey().equals("version_set") && !STANDARD_PARTS.contains(inner.getKey())) {
                    extras.put(inner.getKey(), inner.getValue().asString());
                } else {
                    flat.put(key + '.' + inner.getKey(), Reading.text(inner.getValue()));
                }
            });
            if (!extras.isEmpty()) {
                flat.put(key + ".extras", Reading.json(extras));
            }
        });
        return flat;
    }

    @EachThatWritesFields
    void every_field_arrives(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.ORDINARY, "FLAT");
        List<Map<String, String>> expected = new ArrayList<>();
        result.expected().forEach(record -> expected.add(flat(Reading.tree(record))));
        List<Map<String, String>> arrived = new ArrayList<>();
        result.lines().forEach(line -> arrived.add(Reading.flat(backEnd.place, line, "llmops")));
        assertThat(arrived).isEqualTo(expected).hasSize(5);
    }

    @EachThatWritesPairs
    void no_line_and_no_display_can_be_forged(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.HOSTILE, "FLAT");
        assertThat(result.lines()).hasSameSizeAs(result.expected()).noneMatch(Hostile::isIn);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOGSTASH", "SPRING_BOOT_ECS", "SPRING_BOOT_GELF", "SPRING_BOOT_LOGSTASH", "OPENTELEMETRY"})
    void scalars_keep_their_types(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.ORDINARY, "FLAT");
        String line = result.lines().get(0);
        assertThat(line)
                .containsPattern("tokens_in\" ?: ?812[,}]")
                .containsPattern("refusal\" ?: ?true[,}]")
                .containsPattern("total\" ?: ?0\\.0[,}]")
                .containsPattern("price_ids\" ?: ?\\[");
    }
}
