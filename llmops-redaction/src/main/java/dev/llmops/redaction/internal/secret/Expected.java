package dev.llmops.redaction.internal.secret;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Places further on where a value must stand, as the words, the columns or the command before it say. What lies between is
 * searched like any other text. Not thread-safe.
 */
public final class Expected {

    private static final int MOST = 256;

    private static final Comparator<Value> BY_PLACE = Comparator.comparingInt(Value::place);

    // Most texts have none.
    private final Queue<Value> values = new PriorityQueue<>(1, BY_PLACE);
    private int next = Integer.MAX_VALUE;

    /** Returns the first place of all that are left, or the largest number. */
    public int next() {
        return next;
    }

    /** Expects a value that words announce, and that is therefore unlike words. */
    void said(SecretNames name, int place) {
        add(new Value(How.SAID, name, place, 0));
    }

    /** Expects a password in quotes. */
    void quoted(int place) {
        add(new Value(How.QUOTED, SecretNames.PASSWORD, place, 0));
    }

    /** Expects a value in a cell of a table. */
    void cell(SecretNames name, int place, int end) {
        add(new Value(How.CELL, name, place, end));
    }

    /** Expects an argument of a command that is judged already. */
    void argument(int place, int end) {
        add(new Value(How.ARGUMENT, SecretNames.PASSWORD, place, end));
    }

    /** Expects another value of a list of codes. */
    void listed(int place) {
        add(new Value(How.LISTED, SecretNames.SECRET, place, 0));
    }

    private void add(Value value) {
        if (values.size() < MOST) {
            values.add(value);
            next = Math.min(next, value.place);
        }
    }

    /** Removes the places up to the index; returns the value that is expected there, or null. */
    @Nullable
    Value take(int index) {
        Value found = null;
        for (Value first = values.peek(); first != null && first.place <= index; first = values.peek()) {
            found = first.place == index ? first : null;
            values.remove();
        }
        Value left = values.peek();
        next = left == null ? Integer.MAX_VALUE : left.place;
        return found;
    }

    /** The reason why a value is known. */
    enum How {
        SAID,
        QUOTED,
        CELL,
        LISTED,
        ARGUMENT
    }

    /**
     * A place.
     *
     * @param how what makes the value known
     * @param name what is promised of the value
     * @param place its first character, or the quote before it
     * @param end its end, or 0 if its own characters tell
     */
    record Value(How how, SecretNames name, int place, int end) {}
}
