package dev.llmops.core.record;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The usage kinds of this process, in the order of their definition. Safe for use by many threads. */
final class UsageKindRegistry {

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private static final Map<String, UsageKind> BY_KEY = new ConcurrentHashMap<>();
    private static final List<UsageKind> ALL = new CopyOnWriteArrayList<>();

    private UsageKindRegistry() {}

    static List<UsageKind> all() {
        return ALL;
    }

    static @Nullable UsageKind find(String key) {
        return BY_KEY.get(key);
    }

    static @Nullable UsageKind find(UsageKind.Family family, Set<String> dimensions) {
        for (UsageKind kind : ALL) {
            if (kind.isOf(family, dimensions)) {
                return kind;
            }
        }
        return null;
    }

    static UsageKind define(String key, UsageKind.Family family, Set<String> dimensions) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("key (" + key + ") is not a usage kind's name — allowed is " + KEY
                    + " — choose a name such as input_lidar_tokens");
        }
        synchronized (ALL) {
            UsageKind sameKey = BY_KEY.get(key);
            if (sameKey != null && sameKey.isOf(family, dimensions)) {
                return sameKey;
            }
            UsageKind sameDimensions = family == UsageKind.Family.OTHER ? null : find(family, dimensions);
            UsageKind other = sameKey != null ? sameKey : sameDimensions;
            if (other != null) {
                throw new IllegalArgumentException("key (" + key + ") collides with " + other.describe()
                        + " — key and dimensions must be unique in a family — use that kind or other dimensions");
            }
            UsageKind kind = new UsageKind(key, family, dimensions, ALL.size());
            ALL.add(kind);
            BY_KEY.put(key, kind);
            return kind;
        }
    }
}
