package dev.llmops.logging;

import dev.llmops.core.privacy.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record as flat pairs under dotted keys. Only keys of the table occur, for any record, so that the rules that
 * keep back ends from losing events are checked once: keys are unique, none is a prefix of another at a dot, all lie
 * under {@code llmops.}, and all are what GELF accepts. Objects whose keys depend on data become JSON text.
 *
 * <p>See docs/decisions/logging.md#flat-costs-what-its-pairs-cost.
 */
final class FlatFields {

    private static final String PREFIX = "llmops.";
    private static final String EXTRAS = "extras";
    private static final Pattern GELF_KEY = Pattern.compile("^[\\w.\\-]*$");

    /** Fields that are scalars, lists of scalars, or JSON text. */
    private static final List<String> FIELDS = List.of(
            "schema",
            "timestamp",
            "trace_id",
            "span_id",
            "request_id",
            "call_id",
            "conversation_id",
            "user_id",
            "tenant",
            "feature",
            "purpose",
            "operation",
            "provider",
            "model_id",
            "response_model",
            "server_address",
            "streaming",
            "status",
            "finish_reasons",
            "tokens_in",
            "tokens_out",
            "input_tokens",
            "output_tokens",
            "phases_ms",
            "tool_calls",
            "retries",
            "cache_hit",
            "refusal",
            "risk",
            "sample_rate",
            "truncated_fields",
            "attributes",
            "input",
            "output",
            "verdict",
            "comment",
            "evaluation",
            "score",
            "label",
            "explanation",
            "evaluator",
            "reason");

    /** Fields that are objects of known keys. */
    private static final Map<String, List<String>> OBJECTS = Map.of(
            "pseudonym_keys", List.of("user_id", "tenant"),
            "version_set", List.of("code", "config", "prompt", "model", "index", "tools", "id", EXTRAS),
            "error", List.of("kind", "type", "message", "http_status"),
            "tokens", List.of("origin", "cached_input", "cache_write", "reasoning"),
            "latency_ms",
                    List.of(
                            "total",
                            "queue",
                            "retrieval",
                            "first_chunk",
                            "first_token",
                            "first_output",
                            "generation",
                            "per_output_token"),
            "cost", List.of("amount", "currency", "state", "price_ids"),
            "pii", List.of("detected", "anonymized_fields", "counts"),
            "redaction", List.of("status", "detector_version"));

    private static final Map<String, String> KEYS = new LinkedHashMap<>();
    private static final Map<String, Map<String, String>> KEYS_OF_OBJECTS = new LinkedHashMap<>();

    static {
        FIELDS.forEach(field -> KEYS.put(field, PREFIX + field));
        OBJECTS.forEach((object, fields) -> {
            Map<String, String> keys = new LinkedHashMap<>();
            fields.forEach(field -> keys.put(field, PREFIX + object + '.' + field));
            KEYS_OF_OBJECTS.put(object, keys);
        });
        check(allKeys());
    }

    private FlatFields() {}

    static List<String> allKeys() {
        List<String> keys = new ArrayList<>(KEYS.values());
        KEYS_OF_OBJECTS.values().forEach(object -> keys.addAll(object.values()));
        return keys;
    }

    /** Refuses keys with which some back end would lose events. */
    static void check(List<String> keys) {
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            if (!seen.add(key)) {
                throw new IllegalArgumentException(
                        "flat key '" + key + "' comes twice — each key once — rename one of the fields");
            }
            if (!key.startsWith(PREFIX) || !GELF_KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("flat key '" + key + "' is not allowed — names under " + PREFIX
                        + " that match " + GELF_KEY + " — rename the field");
            }
        }
        for (String key : keys) {
            for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
                if (seen.contains(key.substring(0, dot))) {
                    throw new IllegalArgumentException("flat key '" + key.substring(0, dot) + "' is a prefix of '" + key
                            + "' at a dot — no key may be one — rename a field");
                }
            }
        }
    }

    /** Hands over the pairs of a record. */
    static void forEach(JsonMap record, BiConsumer<String, Object> pair) {
        for (int i = 0; i < record.size(); i++) {
            Map<String, String> keys = KEYS_OF_OBJECTS.get(record.key(i));
            if (keys != null && record.value(i) instanceof JsonMap object) {
                ofObject(object, keys, pair);
            } else {
                accept(KEYS.get(record.key(i)), record.value(i), pair);
            }
        }
    }

    private static void ofObject(JsonMap object, Map<String, String> keys, BiConsumer<String, Object> pair) {
        JsonMap.Builder extras = JsonMap.builder(0);
        for (int i = 0; i < object.size(); i++) {
            String key = object.key(i).equals(EXTRAS) ? null : keys.get(object.key(i));
            if (key == null) {
                extras.put(object.key(i), object.value(i));
            } else {
                accept(key, object.value(i), pair);
            }
        }
        JsonMap unknown = extras.build();
        if (!unknown.isEmpty()) {
            accept(keys.get(EXTRAS), unknown, pair);
        }
    }

    private static void accept(@Nullable String key, Object value, BiConsumer<String, Object> pair) {
        if (key == null) {
            throw new IllegalStateException("the table of flat keys lacks a field of the record");
        }
        pair.accept(key, flat(value));
    }

    private static Object flat(Object value) {
        if (value instanceof String text) {
            return SafeText.plain(text);
        }
        if (value instanceof JsonList list && list.isFlat()) {
            return list.mapTexts(SafeText::plain);
        }
        return value instanceof JsonMap || value instanceof JsonList ? value.toString() : value;
    }
}
