package dev.llmops.logging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up a bound of the JSON text of fields that is quick to find, for the many records that are far from any limit. */
final class SizeBound implements FieldWriter {

    private static final int QUOTES_COLON_AND_COMMA = 4;

    private long size = JsonSize.BRACKETS;

    private void add(Field field, long value) {
        size += field.text.length() + QUOTES_COLON_AND_COMMA + value;
    }

    @Override
    public void text(Field field, @Nullable String value) {
        value(field, value);
    }

    @Override
    public void word(Field field, @Nullable String value) {
        value(field, value);
    }

    @Override
    public void texts(Field field, List<String> values) {
        long texts = JsonSize.BRACKETS;
        for (int i = 0; i < values.size(); i++) {
            texts += JsonSize.BYTES.atMost(values.get(i)) + 1;
        }
        add(field, texts);
    }

    @Override
    public void number(Field field, long value) {
        add(field, JsonSize.MAX_NUMBER);
    }

    @Override
    public void number(Field field, double value) {
        add(field, JsonSize.MAX_NUMBER);
    }

    @Override
    public void flag(Field field, boolean value) {
        add(field, JsonSize.MAX_NUMBER);
    }

    @Override
    public void value(Field field, @Nullable Object value) {
        if (value != null) {
            add(field, JsonSize.BYTES.atMost(value));
        }
    }

    @Override
    public void begin(Field object) {
        add(object, JsonSize.BRACKETS);
    }

    @Override
    public void end() {}

    /** Returns a number of bytes, and of characters, that the text does not exceed. */
    long size() {
        return size;
    }
}
