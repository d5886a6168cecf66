package dev.llmops.logging;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of a record in their order: as JSON, as pairs, as a map, or to add up what they take. A value that is null is
 * left out, as is an empty list.
 */
interface FieldWriter {

    /** A record, which writes its fields as often and in as many forms as it is asked to. Immutable. */
    interface Source {

        void writeTo(FieldWriter out);
    }

    /** Takes a text from outside, which it makes encodable. */
    void text(Field field, @Nullable String value);

    /** Takes a text of our own, or one made encodable. */
    void word(Field field, @Nullable String value);

    /** Takes texts from outside. */
    void texts(Field field, List<String> values);

    void number(Field field, long value);

    /** Takes a finite number. */
    void number(Field field, double value);

    /** Takes a count; one below zero is not known, and absent. */
    default void count(Field field, long value) {
        if (value >= 0) {
            number(field, value);
        }
    }

    default void millis(Field field, OptionalLong nanos) {
        if (nanos.isPresent()) {
            millis(field, nanos.getAsLong());
        }
    }

    default void millis(Field field, long nanos) {
        number(field, nanos / 1e6);
    }

    void flag(Field field, boolean value);

    /** Takes a {@link JsonMap}, {@link JsonList} or decimal number. */
    void value(Field field, @Nullable Object value);

    /** Begins an object, to which the fields belong that come before its end; there is none in another. */
    void begin(Field object);

    void end();
}
