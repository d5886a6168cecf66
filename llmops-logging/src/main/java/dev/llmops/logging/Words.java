package dev.llmops.logging;

import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Words of records that come from closed lists. */
final class Words {

    private static final ConcurrentMap<Enum<?>, String> WORDS = new ConcurrentHashMap<>();

    private Words() {}

    static String of(Enum<?> constant) {
        String known = WORDS.get(constant); // without the lock that computing takes even where nothing is absent
        return known != null
                ? known
                : WORDS.computeIfAbsent(constant, c -> c.name().toLowerCase(Locale.ROOT));
    }
}
