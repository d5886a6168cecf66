package dev.llmops.quality.drift.statistics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cases on which others agree; tests that read them are skipped where they are absent. */
public final class DriftCases {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private DriftCases() {}

    public static Stream<JsonNode> read(String file) throws IOException {
        List<String> lines = Files.readAllLines(present("drift", file));
        return lines.stream().map(MAPPER::readTree);
    }

    /** One list of the published p-values and intervals. */
    static Stream<JsonNode> published(String list) throws IOException {
        return MAPPER.readTree(Files.readString(present("slo", "p-values.json"))).get(list).values().stream();
    }

    private static Path present(String folder, String file) {
        Path path = Path.of(System.getProperty("llmops.cases", "cases"), folder, file);
        assumeTrue(Files.exists(path), () -> "no cases at the path of the system property llmops.cases: " + file);
        return path;
    }

    public static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    public static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }

    public static float[][] vectors(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(DriftCases::floats)
                .toArray(float[][]::new);
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }
}
