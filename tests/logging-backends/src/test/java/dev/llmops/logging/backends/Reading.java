package dev.llmops.logging.backends;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads records back out of what a back end wrote, as a log pipeline would. */
final class Reading {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final List<String> MESSAGE_FIELDS = List.of("message", "short_message", "body", "full_message");

    private Reading() {}

    /** The record of a line in mode NESTED. */
    static JsonNode nested(BackEnd.Place place, String line, String key) {
        if (place == BackEnd.Place.TEXT) {
            return firstObject(line);
        }
        JsonNode value = pairs(place, line).get(key);
        if (value == null) {
            throw new AssertionError("no pair '" + key + "' in " + line);
        }
        return value.isString() ? JSON.readTree(value.asString()) : value;
    }

    /** The record of a line in mode MESSAGE_JSON. */
    static JsonNode message(BackEnd.Place place, String line) {
        if (place == BackEnd.Place.TEXT) {
            return firstObject(line);
        }
        JsonNode whole = JSON.readTree(line);
        String message = MESSAGE_FIELDS.stream()
                .filter(whole::has)
                .map(field -> whole.get(field).asString())
                .findFirst()
                .orElseThrow();
        return JSON.readTree(message);
    }

    /** The pairs of a line in mode FLAT that lie under a prefix, as texts. */
    static Map<String, String> flat(BackEnd.Place place, String line, String prefix) {
        Map<String, String> flat = new LinkedHashMap<>();
        pairs(place, line).properties().forEach(pair -> {
            if (pair.getKey().equals(prefix) && pair.getValue().isObject()) {
                flatten(pair.getKey(), pair.getValue(), flat);
            } else if (pair.getKey().startsWith(prefix + '.')) {
                flat.put(pair.getKey(), text(pair.getValue()));
            }
        });
        return flat;
    }

    private static void flatten(String key, JsonNode value, Map<String, String> flat) {
        if (value.isObject()) {
            value.properties().forEach(entry -> flatten(key + '.' + entry.getKey(), entry.getValue(), flat));
        } else {
            flat.put(key, text(value));
        }
    }

    static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }

    private static ObjectNode pairs(BackEnd.Place place, String line) {
        ObjectNode whole = JSON.readTree(line).asObject();
        return switch (place) {
            case KVP_LIST -> {
                ObjectNode pairs = JSON.createObjectNode();
                whole.get("kvpList").forEach(pair -> pairs.setAll(pair.asObject()));
                yield pairs;
            }
            case MDC -> whole.get("mdc").asObject();
            case ATTRIBUTES -> whole.get("attributes").asObject();
            case GELF -> {
                ObjectNode pairs = JSON.createObjectNode();
                whole.properties().forEach(field -> pairs.set(field.getKey().substring(1), field.getValue()));
                yield pairs;
            }
            default -> whole;
        };
    }

    /** The JSON object that a line of text holds. */
    private static JsonNode firstObject(String line) {
        int start = line.indexOf("{\"schema\"");
        if (start < 0) {
            throw new AssertionError("no record in " + line);
        }
        try (JsonParser parser = JSON.createParser(line.substring(start))) {
            return JSON.readTree(parser);
        }
    }

    /** The records as mode NESTED hands them over: what a back end's own writer would pass on is replaced. */
    static List<JsonNode> harmless(List<JsonNode> records) {
        return records.stream()
                .map(record -> mapTexts(record, text -> replaced(text, Reading::isPassedOn, "\uFFFD")))
                .toList();
    }

    private static boolean isPassedOn(int c) {
        return c >= 0x7F && Hostile.isIn(Character.toString(c));
    }

    /** The records as Spring Boot 4.1 prints them: with a question mark for every emoji. */
    static List<JsonNode> withoutSupplementary(List<JsonNode> records) {
        return records.stream()
                .map(record -> mapTexts(record, text -> replaced(text, Character::isSupplementaryCodePoint, "?")))
                .toList();
    }

    private static String replaced(String text, IntPredicate which, String by) {
        return text.codePoints()
                .mapToObj(c -> which.test(c) ? by : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static JsonNode mapTexts(JsonNode node, UnaryOperator<String> function) {
        if (node.isString()) {
            return JSON.getNodeFactory().stringNode(function.apply(node.asString()));
        }
        if (node.isObject()) {
            ObjectNode copy = JSON.createObjectNode();
            node.properties()
                    .forEach(entry -> copy.set(function.apply(entry.getKey()), mapTexts(entry.getValue(), function)));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JSON.createArrayNode();
            node.forEach(item -> copy.add(mapTexts(item, function)));
            return copy;
        }
        return node;
    }

    static String json(Map<String, String> texts) {
        return JSON.writeValueAsString(texts);
    }

    static JsonNode tree(String json) {
        return JSON.readTree(json);
    }
}
