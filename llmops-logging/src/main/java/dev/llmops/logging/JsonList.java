package dev.llmops.logging;

import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An immutable list of values as {@link JsonMap} holds them, whose {@link #toString()} is JSON. */
final class JsonList extends AbstractList<Object> implements RandomAccess {

    private final List<Object> values;

    private JsonList(List<Object> values) {
        this.values = values;
    }

    /** The list, or null when there is nothing to list: an absent field says the same in less. */
    static <T> @Nullable JsonList of(Collection<T> items, Function<? super T, ? extends Object> value) {
        return items.isEmpty()
                ? null
                : new JsonList(items.stream().<Object>map(value).toList());
    }

    /** A list of texts, or null when there are none. */
    static @Nullable JsonList ofTexts(Collection<String> texts) {
        return of(texts, Chars::wellFormed);
    }

    @Override
    public Object get(int index) {
        return values.get(index);
    }

    @Override
    public int size() {
        return values.size();
    }

    JsonList first(int count) {
        return new JsonList(List.copyOf(values.subList(0, Math.min(count, values.size()))));
    }

    /** A copy whose texts went through a function. */
    JsonList mapTexts(UnaryOperator<String> function) {
        return new JsonList(values.stream()
                .map(value -> value instanceof String text ? function.apply(text) : value)
                .toList());
    }

    /** The list, or a copy, without characters that could trick a reader; see {@link JsonMap#harmless()}. */
    JsonList harmless() {
        List<Object> harmless = values.stream().map(JsonMap::harmless).toList();
        for (int i = 0; i < values.size(); i++) {
            if (harmless.get(i) != values.get(i)) {
                return new JsonList(harmless);
            }
        }
        return this;
    }

    /** Whether every value is a scalar. */
    boolean isFlat() {
        return values.stream().noneMatch(value -> value instanceof JsonMap || value instanceof JsonList);
    }

    @Override
    public String toString() {
        return JsonText.of(this);
    }
}
