package dev.llmops.logging;

import dev.llmops.core.privacy.SafeText;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.RandomAccess;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An immutable list of values as {@link JsonMap} holds them, whose {@link #toString()} is JSON. */
final class JsonList extends AbstractList<Object> implements RandomAccess {

    private final Object[] values;

    private JsonList(Object[] values) {
        this.values = values;
    }

    /** The list, or null when there is nothing to list: an absent field says the same in less. */
    static <T> @Nullable JsonList of(Collection<T> items, Function<? super T, ? extends Object> value) {
        if (items.isEmpty()) {
            return null;
        }
        Object[] values = new Object[items.size()];
        int next = 0;
        for (T item : items) {
            values[next++] = value.apply(item);
        }
        return new JsonList(values);
    }

    /** A list of texts, or null when there are none. */
    static @Nullable JsonList ofTexts(Collection<String> texts) {
        return of(texts, SafeText::wellFormed);
    }

    @Override
    public Object get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }

    JsonList first(int count) {
        return new JsonList(Arrays.copyOf(values, Math.min(count, values.length)));
    }

    /** A copy whose texts went through a function. */
    JsonList mapTexts(UnaryOperator<String> function) {
        return mapped(value -> value instanceof String text ? function.apply(text) : value);
    }

    /** The list, or a copy, without characters that could trick a reader; see {@link JsonMap#harmless()}. */
    JsonList harmless() {
        return mapped(JsonMap::harmless);
    }

    /** The list itself where the function changes nothing, which is the rule. */
    private JsonList mapped(UnaryOperator<Object> function) {
        Object[] mapped = values;
        for (int i = 0; i < values.length; i++) {
            Object value = function.apply(values[i]);
            if (value != values[i]) {
                mapped = mapped == values ? values.clone() : mapped;
                mapped[i] = value;
            }
        }
        return mapped == values ? this : new JsonList(mapped);
    }

    /** Returns true if every value is a scalar. */
    boolean isFlat() {
        for (Object value : values) {
            if (value instanceof JsonMap || value instanceof JsonList) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return JsonText.of(this);
    }
}
