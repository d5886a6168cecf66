package dev.llmops.logging.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON text into maps, lists, texts, booleans, Long and, for numbers that are no Long, BigDecimal. Nulls are left out. */
final class JsonReader {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonReader() {}

    /** The object that a line holds; fails with an IllegalArgumentException if it holds none. */
    static Map<String, Object> object(String line) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                Map<String, Object> object = object(json);
                if (json.nextToken() == null) {
                    return object;
                }
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the line is no JSON (" + e.getOriginalMessage() + ") — one record a line is read — skip the line",
                    e);
        }
        throw new IllegalArgumentException("the line is no JSON object — one record a line is read — skip the line");
    }

    private static Map<String, Object> object(JsonParser json) {
        Map<String, Object> object = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            Object value = value(json);
            if (value != null) {
                object.put(name, value);
            }
        }
        return object;
    }

    private static List<Object> list(JsonParser json) {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(json);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    private static @Nullable Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> list(json);
            case VALUE_STRING -> json.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json);
            default -> null;
        };
    }

    private static Object number(JsonParser json) {
        return switch (json.getNumberType()) {
            case INT, LONG -> json.getLongValue();
            default -> json.getDecimalValue();
        };
    }
}
