package dev.llmops.slo.internal;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * YAML in and out; no part of the module's API.
 *
 * @since 0.1.0
 */
public final class Yaml {

    // Decimal fractions stay decimal: a target of 0.999 must not become the double next to it.
    private static final YAMLMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .disable(YAMLWriteFeature.SPLIT_LINES)
                    .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                    .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Yaml() {}

    /**
     * Reads all documents of a stream.
     *
     * @param text YAML or JSON
     * @return the documents that are not empty
     * @throws IllegalArgumentException naming line and column, if the text is neither
     */
    public static List<JsonNode> readAll(String text) {
        try (MappingIterator<JsonNode> documents =
                MAPPER.readerFor(JsonNode.class).readValues(text)) {
            List<JsonNode> all = new ArrayList<>();
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document != null && !document.isNull() && !document.isMissingNode()) {
                    all.add(document);
                }
            }
            return all;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "is no YAML (" + e.getOriginalMessage().strip().replaceAll("\\s+", " ") + ") — YAML or JSON", e);
        }
    }

    static JsonParser parser(String text) {
        return MAPPER.createParser(text);
    }

    /**
     * Writes one document.
     *
     * @param value maps, lists, strings, numbers and booleans
     * @return YAML
     */
    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Reads JSON.
     *
     * @param text the text
     * @return its root
     * @throws JacksonException if the text is no JSON
     */
    public static JsonNode readJson(String text) {
        return JSON.readTree(text);
    }

    /**
     * Writes JSON on one line.
     *
     * @param value maps, lists, strings, numbers and booleans
     * @return JSON
     */
    public static String writeJson(Object value) {
        return JSON.writeValueAsString(value);
    }
}
