package dev.llmops.release.compare;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cases on which others agree; tests that read them are skipped where they are absent. */
final class SloCases {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SloCases() {}

    static List<JsonNode> rows(String file, String list) throws IOException {
        Path path = Path.of(System.getProperty("llmops.cases", "absent"), "slo", file);
        assumeTrue(Files.exists(path), () -> "no cases at the path of the system property llmops.cases: " + file);
        return List.copyOf(MAPPER.readTree(Files.readString(path)).get(list).values());
    }

    static double[] doubles(JsonNode array) {
        return array.values().stream().mapToDouble(JsonNode::asDouble).toArray();
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.values().forEach(each -> texts.add(each.asString()));
        return texts;
    }
}
