package dev.llmops.logging;

import dev.llmops.core.privacy.SafeText;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A record, or a part of one: an immutable map in a fixed order, of values that every back end can print. Back ends that
 * know objects see a map; to all others {@link #toString()} is JSON. Values are String, Boolean, Long, Double,
 * BigDecimal, {@link JsonList} and {@link JsonMap}; never null.
 *
 * <p>Two cells of an array per entry. A key is a {@link Field}, or a name that depends on data.
 *
 * <p>See docs/decisions/logging.md#each-field-is-one-row-and-writes-itself-in-the-form-that-is-asked-for.
 */
final class JsonMap extends AbstractMap<String, Object> implements FieldWriter.Source {

    static final JsonMap EMPTY = new JsonMap(new Object[0], 0);

    private final Object[] keysAndValues;
    private final int size;

    private JsonMap(Object[] keysAndValues, int size) {
        this.keysAndValues = keysAndValues;
        this.size = size;
    }

    static Builder builder(int expectedEntries) {
        return new Builder(expectedEntries);
    }

    @Override
    public int size() {
        return size;
    }

    String key(int index) {
        return keyOrField(index) instanceof Field field ? field.text : (String) keyOrField(index);
    }

    Object keyOrField(int index) {
        return keysAndValues[2 * index];
    }

    Object value(int index) {
        return keysAndValues[2 * index + 1];
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        for (int i = 0; i < size(); i++) {
            if (key(i).equals(key)) {
                return value(i);
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < size(); i++) {
            action.accept(key(i), value(i));
        }
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return JsonMap.this.size();
            }

            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, Object>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < size();
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the map has " + size() + " entries");
            }
            Map.Entry<String, Object> entry = Map.entry(key(next), value(next));
            next++;
            return entry;
        }
    }

    @Override
    public void writeTo(FieldWriter out) {
        for (int i = 0; i < size(); i++) {
            if (!(keyOrField(i) instanceof Field field)) {
                throw new IllegalStateException("the table of fields lacks '" + key(i) + "'");
            }
            out.value(field, value(i));
        }
    }

    /** A copy under which one key has another value, or none. */
    JsonMap with(String key, @Nullable Object value) {
        return with(key, key, value);
    }

    JsonMap with(Field field, @Nullable Object value) {
        return with(field.text, field, value);
    }

    private JsonMap with(String key, Object added, @Nullable Object value) {
        Builder copy = builder(size() + 1);
        boolean found = false;
        for (int i = 0; i < size(); i++) {
            boolean same = key(i).equals(key);
            copy.add(keyOrField(i), same ? value : value(i));
            found |= same;
        }
        return found ? copy.build() : copy.add(added, value).build();
    }

    /**
     * The map, or a copy, without characters that a back end's own JSON writer would pass on to trick a reader. Keys are
     * harmless already: they are our own, or made so when the record is.
     */
    JsonMap harmless() {
        Object[] harmless = keysAndValues;
        for (int i = 1; i < 2 * size; i += 2) {
            Object value = harmless(keysAndValues[i]);
            if (value != keysAndValues[i]) {
                harmless = harmless == keysAndValues ? keysAndValues.clone() : harmless;
                harmless[i] = value;
            }
        }
        return harmless == keysAndValues ? this : new JsonMap(harmless, size);
    }

    static Object harmless(Object value) {
        if (value instanceof String text) {
            return SafeText.sanitized(text);
        }
        if (value instanceof JsonMap map) {
            return map.harmless();
        }
        return value instanceof JsonList list ? list.harmless() : value;
    }

    /** The JSON text of the map, on one line. */
    @Override
    public String toString() {
        return JsonText.of(this);
    }

    /** Puts entries in order; the caller sees to it that no key comes twice. A value that is null is left out. */
    static final class Builder {

        private Object[] keysAndValues;
        private int used;

        private Builder(int expectedEntries) {
            this.keysAndValues = new Object[2 * expectedEntries];
        }

        Builder put(Field field, @Nullable Object value) {
            return add(field, value);
        }

        Builder put(String key, @Nullable Object value) {
            return add(key, value);
        }

        /** Adds a text, made encodable. */
        Builder text(Field field, @Nullable String value) {
            return value == null ? this : add(field, SafeText.wellFormed(value));
        }

        /** Adds a text, made encodable. */
        Builder text(String key, @Nullable String value) {
            return value == null ? this : add(key, SafeText.wellFormed(value));
        }

        /** Adds a finite number, or nothing: JSON has no others. */
        Builder number(String key, double value) {
            return Double.isFinite(value) ? add(key, value) : this;
        }

        private Builder add(Object keyOrField, @Nullable Object value) {
            if (value == null) {
                return this;
            }
            if (used == keysAndValues.length) {
                keysAndValues = Arrays.copyOf(keysAndValues, 2 * used + 2);
            }
            keysAndValues[used++] = keyOrField;
            keysAndValues[used++] = value;
            return this;
        }

        JsonMap build() {
            return used == 0 ? EMPTY : new JsonMap(keysAndValues, used / 2);
        }
    }
}
