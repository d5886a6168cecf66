package dev.llmops.release.internal.records;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Numbers texts that come again and again, such as stages and features; only so many, the rest stay texts. Thread-safe. */
public final class Words {

    /** The number of words that get a number at most. */
    static final int CAPACITY = 1_024;

    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<String> words = new AtomicReferenceArray<>(CAPACITY);

    /** Makes an empty list of words. */
    public Words() {}

    /** Returns the number of a word, from 0; −1 for one that has none. A word keeps what it got at first. */
    int numberOf(String word) {
        Integer known = numbers.get(word);
        return known != null ? known : numbers.size() < CAPACITY ? numbered(word) : -1;
    }

    private synchronized int numbered(String word) {
        Integer known = numbers.get(word);
        if (known != null) {
            return known;
        }
        int next = numbers.size();
        if (next == CAPACITY) {
            return -1;
        }
        words.set(next, word);
        numbers.put(word, next);
        return next;
    }

    @Nullable
    String word(int number) {
        return words.get(number);
    }
}
