package dev.llmops.logging;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * A record that writes itself where the back end's encoder is built on Jackson, which would otherwise look for a serializer
 * of every value. To all other back ends it is the map of its fields.
 *
 * <p>See docs/decisions/logging.md#a-record-writes-itself-into-an-encoder-built-on-jackson.
 */
final class BackEndRecord extends AbstractMap<String, Object> implements JacksonSerializable {

    private final LogEntry entry;
    private @Nullable JsonMap map;

    private BackEndRecord(LogEntry entry) {
        this.entry = entry;
    }

    /** Returns a record as a plain map, so that verifying the caller does not load this class where Jackson's databind is absent. */
    static Map<String, Object> of(LogEntry entry) {
        return new BackEndRecord(entry);
    }

    @Override
    public void serialize(JsonGenerator json, SerializationContext context) {
        entry.writeTo(json, false);
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializationContext context, TypeSerializer type) {
        serialize(json, context);
    }

    private JsonMap map() {
        JsonMap known = map;
        if (known == null) {
            known = entry.map().harmless();
            map = known;
        }
        return known;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return map().get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return map().containsKey(key);
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return map().entrySet();
    }

    @Override
    public String toString() {
        return map().toString();
    }
}
