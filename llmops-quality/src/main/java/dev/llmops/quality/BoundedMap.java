package dev.llmops.quality;

import dev.llmops.core.telemetry.Telemetry;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets its oldest entries, and counts them as dropped. Not thread-safe. */
@SuppressWarnings("serial") // never serialised
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private final int capacity;
    private final String place;
    private final Telemetry telemetry;

    BoundedMap(int capacity, String place, Telemetry telemetry) {
        this.capacity = capacity;
        this.place = place;
        this.telemetry = telemetry;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        if (size() <= capacity) {
            return false;
        }
        telemetry.count(Telemetry.Kind.DROPPED, place);
        return true;
    }
}
