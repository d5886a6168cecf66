package dev.llmops.metrics.internal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** Things that are made once per key and kept. Keys must be bounded. Thread-safe; looking up what is there never blocks. */
public final class Memo<K, V> {

    private final ConcurrentMap<K, V> made = new ConcurrentHashMap<>();
    private final Function<K, V> maker;

    public Memo(Function<K, V> maker) {
        this.maker = maker;
    }

    public V get(K key) {
        V known = made.get(key);
        return known != null ? known : made.computeIfAbsent(key, maker);
    }
}
