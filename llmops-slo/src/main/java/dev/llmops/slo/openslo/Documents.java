package dev.llmops.slo.openslo;

import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.internal.Yaml;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The objects of a file: one, a stream of them, or a list. */
final class Documents {

    private Documents() {}

    static List<JsonNode> read(String yaml, String source) {
        List<JsonNode> objects = new ArrayList<>();
        try {
            for (JsonNode document : Yaml.readAll(yaml)) {
                if (document.isArray()) {
                    objects.addAll(document.values());
                } else {
                    objects.add(document);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidObjectivesException(List.of(source + " " + e.getMessage()));
        }
        return objects;
    }

    static void requireAny(List<JsonNode> documents, String source) {
        if (documents.isEmpty()) {
            throw new InvalidObjectivesException(
                    List.of(source + " is empty — at least one object is needed — check the path"));
        }
    }
}
