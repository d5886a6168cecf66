package dev.llmops.slo.internal;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Finds the line of a property in a YAML text, so that a problem can name it. */
public final class LineIndex {

    private final Map<String, Integer> lines = new HashMap<>();

    private LineIndex() {}

    /** Indexes the first document of a text that is known to be YAML. */
    public static LineIndex of(String yaml) {
        LineIndex index = new LineIndex();
        try (JsonParser parser = Yaml.parser(yaml)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                index.lines.putIfAbsent(
                        parser.streamReadContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
            }
        } catch (JacksonException e) {
            index.lines.clear(); // the reader of the text reports it
        }
        return index;
    }

    /**
     * Returns the line of a property, or of the nearest property around it that is there.
     *
     * @param path the path, such as {@code objectives[1].target}
     * @return the line, from 1; 1 where nothing of the path is there
     */
    public int lineOf(String path) {
        String pointer = "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
        while (!pointer.isEmpty()) {
            Integer line = lines.get(pointer);
            if (line != null) {
                return line;
            }
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
        }
        return 1;
    }
}
