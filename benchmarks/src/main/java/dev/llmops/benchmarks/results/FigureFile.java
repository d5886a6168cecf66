package dev.llmops.benchmarks.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Figures that no harness measures, written as JMH writes its own. Not safe for use by several threads. */
public final class FigureFile {

    private final ArrayNode results = JsonMapper.shared().createArrayNode();

    /**
     * Adds what was measured, once or several times.
     *
     * @param name such as {@code Sizes.llmops}, and after colons what sets it apart
     * @param values each measured value
     */
    public void add(String name, double... values) {
        var result = results.addObject().put("benchmark", name).put("threads", 1);
        ArrayNode raw = result.putObject("primaryMetric").putArray("rawData").addArray();
        for (double value : values) {
            raw.add(value);
        }
    }

    /**
     * Writes the file.
     *
     * @param file is replaced
     * @throws IOException when it cannot be written
     */
    public void write(Path file) throws IOException {
        Files.writeString(file, results.toString());
    }
}
