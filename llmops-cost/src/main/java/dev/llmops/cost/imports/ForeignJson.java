package dev.llmops.cost.imports;

import dev.llmops.cost.internal.Json;
import java.math.BigDecimal;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON of other projects: every number as the decimal that was written, and of a key that occurs twice in an object
 * the last value, with a report.
 */
final class ForeignJson {

    private static final ObjectReader VALUES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // One stray sign must not lose thousands of models.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build()
            .reader();

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Consumer<String> duplicates;

    private ForeignJson(Consumer<String> duplicates) {
        this.duplicates = duplicates;
    }

    /**
     * Reads a text.
     *
     * @param duplicates is given the path of each key that an object has twice, such as {@code gpt-4.mode}
     * @throws IllegalArgumentException if the text is no JSON
     */
    static JsonNode read(String text, Consumer<String> duplicates) {
        try (JsonParser json = VALUES.createParser(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)) {
            if (json.nextToken() == null) {
                throw new IllegalArgumentException(
                        "the file is empty — allowed is the file as its project publishes it — download it again");
            }
            return new ForeignJson(duplicates).value(json, "");
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the file is not JSON" + Json.place(e)
                    + " — allowed is the file as its project publishes it — download it again");
        }
    }

    /** Returns a number of tokens, as a number or as text, or -1 if it is none. */
    static long tokens(JsonNode node) {
        try {
            BigDecimal tokens = Json.price(node);
            return tokens == null ? -1 : Math.min(tokens.longValueExact(), Long.MAX_VALUE - 1);
        } catch (ArithmeticException | IllegalArgumentException e) {
            return -1;
        }
    }

    private JsonNode value(JsonParser json, String path) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                String place = path.isEmpty() ? name : path + '.' + name;
                if (object.replace(name, value(json, place)) != null) {
                    duplicates.accept(place);
                }
            }
            return object;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(json, path + '[' + array.size() + ']'));
            }
            return array;
        }
        return VALUES.readTree(json);
    }
}
