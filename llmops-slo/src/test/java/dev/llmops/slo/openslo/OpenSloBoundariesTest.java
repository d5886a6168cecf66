package dev.llmops.slo.openslo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.slo.engine.Cases;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The verdicts of OpenSLO's own SDK, and the few places where ours differ on purpose (see docs/decisions/slo.md). */
class OpenSloBoundariesTest {

    private static final String FILE = "openslo-v1-boundaries.json";

    @TestFactory
    Stream<DynamicTest> verdictsAreThoseOfTheSdk() {
        JsonNode file = Cases.json(FILE);
        return file.get("cases").values().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.get("id").asString(), () -> assertVerdict(row, document(file, row))));
    }

    private static void assertVerdict(JsonNode row, JsonNode document) {
        String id = row.get("id").asString();
        Set<String> actual = OpenSlo.validate(document.toString()).stream()
                .filter(problem -> !problem.isWarning())
                .map(OpenSlo.Problem::path)
                .collect(Collectors.toSet());
        if (id.equals("no objectives at all")) {
            assertThat(actual).containsExactly("spec.objectives");
        } else if (id.startsWith("duration 0")) {
            assertThat(actual).hasSize(1);
            assertThat(id).endsWith(actual.iterator().next());
        } else if (id.equals("op on inline ratio SLO")) {
            assertThat(actual).isEmpty();
            assertThat(OpenSlo.validate(document.toString()))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.path()).isEqualTo("spec.objectives[0].op"));
        } else {
            assertThat(actual.stream().map(OpenSloBoundariesTest::keyless))
                    .containsExactlyInAnyOrderElementsOf(expected(row));
        }
    }

    private static Set<String> expected(JsonNode row) {
        if (row.get("valid").asBoolean()) {
            return Set.of();
        }
        // The SDK splits a duration into a value and a unit, which are no properties of the file.
        return row.get("errors").values().stream()
                .map(error ->
                        error.get("path").asString().replaceAll("(duration|Window|alertAfter)\\.(value|unit)$", "$1"))
                .collect(Collectors.toSet());
    }

    /** The key of a label or annotation is named here, and not there. */
    private static String keyless(String path) {
        return path.replaceFirst("^metadata\\.(labels|annotations)\\..*", "metadata.$1 key");
    }

    @TestFactory
    Stream<DynamicTest> durationsAreRead() {
        return Cases.json(FILE).get("durations").values().stream()
                .map(row -> DynamicTest.dynamicTest(row.get("text").asString(), () -> {
                    String text = row.get("text").asString();
                    if (!row.get("valid").asBoolean() || row.get("seconds").asLong() == 0) {
                        assertThatThrownBy(() -> OpenSloDuration.parse(text)).hasMessageContaining(text);
                    } else {
                        assertThat(OpenSloDuration.parse(text))
                                .hasSeconds(row.get("seconds").asLong());
                    }
                }));
    }

    private static JsonNode document(JsonNode file, JsonNode row) {
        JsonNode document = file.get("bases").get(row.get("base").asString()).deepCopy();
        row.path("remove").values().forEach(pointer -> remove(document, pointer.asString()));
        row.path("set").properties().forEach(edit -> set(document, edit.getKey(), edit.getValue()));
        return document;
    }

    private static void remove(JsonNode document, String pointer) {
        ((ObjectNode) parent(document, pointer)).remove(key(pointer));
    }

    private static void set(JsonNode document, String pointer, JsonNode value) {
        JsonNode parent = parent(document, pointer);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(key(pointer)), value);
        } else {
            ((ObjectNode) parent).set(key(pointer), value);
        }
    }

    private static JsonNode parent(JsonNode document, String pointer) {
        return document.at(pointer.substring(0, pointer.lastIndexOf('/')));
    }

    private static String key(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }
}
