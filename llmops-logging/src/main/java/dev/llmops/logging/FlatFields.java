package dev.llmops.logging;

import dev.llmops.core.privacy.SafeText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record as flat pairs under dotted keys. Only keys of {@link Field} occur, for any record, so that the rules that
 * keep back ends from losing events are checked once: keys are unique, none is a prefix of another at a dot, all lie
 * under {@code llmops.}, and all are what GELF accepts. Objects whose keys depend on data become JSON text.
 *
 * <p>See docs/decisions/logging.md#flat-costs-what-its-pairs-cost.
 */
final class FlatFields implements FieldWriter {

    private static final Pattern GELF_KEY = Pattern.compile("^[\\w.\\-]*$");

    /** Fields that are taken apart, since others lie in them. */
    private static final Set<Field> OBJECTS = EnumSet.noneOf(Field.class);

    static {
        for (Field field : Field.values()) {
            if (field.parent != null) {
                OBJECTS.add(field.parent);
            }
        }
        check(allKeys());
    }

    private final BiConsumer<String, Object> pair;

    private FlatFields(BiConsumer<String, Object> pair) {
        this.pair = pair;
    }

    static List<String> allKeys() {
        List<String> keys = new ArrayList<>();
        for (Field field : Field.values()) {
            if (!OBJECTS.contains(field)) {
                keys.add(field.flatKey);
            }
        }
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
            if (!key.startsWith(Field.FLAT_PREFIX) || !GELF_KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("flat key '" + key + "' is not allowed — names under "
                        + Field.FLAT_PREFIX + " that match " + GELF_KEY + " — rename the field");
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
    static void forEach(FieldWriter.Source record, BiConsumer<String, Object> pair) {
        record.writeTo(new FlatFields(pair));
    }

    @Override
    public void text(Field field, @Nullable String value) {
        if (value != null) {
            pair.accept(field.flatKey, SafeText.plain(value));
        }
    }

    @Override
    public void word(Field field, @Nullable String value) {
        if (value != null) {
            pair.accept(field.flatKey, value);
        }
    }

    @Override
    public void texts(Field field, List<String> values) {
        value(field, JsonList.of(values, SafeText::plain));
    }

    @Override
    public void number(Field field, long value) {
        pair.accept(field.flatKey, value);
    }

    @Override
    public void number(Field field, double value) {
        pair.accept(field.flatKey, value);
    }

    @Override
    public void flag(Field field, boolean value) {
        pair.accept(field.flatKey, value);
    }

    @Override
    public void value(Field field, @Nullable Object value) {
        if (value instanceof JsonMap object && OBJECTS.contains(field)) {
            ofObject(object);
        } else if (value instanceof String text) {
            text(field, text);
        } else if (value instanceof JsonList list && list.isFlat()) {
            pair.accept(field.flatKey, list.mapTexts(SafeText::plain));
        } else if (value != null) {
            pair.accept(
                    field.flatKey, value instanceof JsonMap || value instanceof JsonList ? value.toString() : value);
        }
    }

    private void ofObject(JsonMap object) {
        JsonMap.Builder extras = JsonMap.builder(0);
        for (int i = 0; i < object.size(); i++) {
            if (object.keyOrField(i) instanceof Field field) {
                value(field, object.value(i));
            } else {
                extras.put(object.key(i), object.value(i));
            }
        }
        JsonMap unknown = extras.build();
        if (!unknown.isEmpty()) {
            value(Field.VERSION_EXTRAS, unknown);
        }
    }

    /** The keys of an object's fields name it. */
    @Override
    public void begin(Field object) {}

    @Override
    public void end() {}
}
