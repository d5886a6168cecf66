package dev.llmops.logging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a map of the fields, for those who ask for one by one. */
final class MapWriter implements FieldWriter {

    private static final int USUAL_FIELDS = 32;
    private static final int USUAL_FIELDS_OF_OBJECTS = 8;

    private final JsonMap.Builder record = JsonMap.builder(USUAL_FIELDS);
    private JsonMap.Builder current = record;
    private @Nullable Field open;

    @Override
    public void text(Field field, @Nullable String value) {
        current.text(field, value);
    }

    @Override
    public void word(Field field, @Nullable String value) {
        current.put(field, value);
    }

    @Override
    public void texts(Field field, List<String> values) {
        current.put(field, JsonList.ofTexts(values));
    }

    @Override
    public void number(Field field, long value) {
        current.put(field, value);
    }

    @Override
    public void number(Field field, double value) {
        current.put(field, value);
    }

    @Override
    public void flag(Field field, boolean value) {
        current.put(field, value);
    }

    @Override
    public void value(Field field, @Nullable Object value) {
        current.put(field, value);
    }

    @Override
    public void begin(Field object) {
        open = object;
        current = JsonMap.builder(USUAL_FIELDS_OF_OBJECTS);
    }

    @Override
    public void end() {
        if (open != null) {
            record.put(open, current.build());
        }
        current = record;
        open = null;
    }

    JsonMap map() {
        return record.build();
    }
}
