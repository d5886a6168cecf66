package dev.llmops.kafka.streams;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Totals of one task, in a store, and the names of those that changed since they were last sent on. After a start all count
 * as changed, because the store outlives the process and the list does not.
 */
final class ShardTotals {

    private final KeyValueStore<String, String> store;
    private final Set<String> changed = new LinkedHashSet<>();

    ShardTotals(KeyValueStore<String, String> store) {
        this.store = store;
        try (KeyValueIterator<String, String> all = store.all()) {
            all.forEachRemaining(entry -> changed.add(entry.key));
        }
    }

    <T> void add(TotalName name, TotalKind<T> kind, T value) {
        String text = kind.write().apply(value);
        String key = name.toString();
        String before = store.get(key);
        store.put(key, before == null ? text : kind.plusText(before, text));
        changed.add(key);
    }

    /** Hands each total that changed over. */
    void drain(BiConsumer<String, String> taker) {
        for (String name : changed) {
            String total = store.get(name);
            if (total != null) {
                taker.accept(name, total);
            }
        }
        changed.clear();
    }

    /** Forgets the totals of a kind before a minute. */
    static void forget(KeyValueStore<String, String> store, TotalKind<?> kind, long beforeMinute) {
        try (KeyValueIterator<String, String> old =
                store.range(TotalName.first(kind, 0), TotalName.first(kind, Math.max(0, beforeMinute)))) {
            while (old.hasNext()) {
                KeyValue<String, String> entry = old.next();
                store.delete(entry.key);
            }
        }
    }
}
