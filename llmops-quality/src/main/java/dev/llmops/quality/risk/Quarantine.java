package dev.llmops.quality.risk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Users, conversations or other units that are shut out for some time. Bounded: when full, the oldest entry makes room.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Quarantine {

    /** The number of units that are shut out at most. */
    public static final int MAX_UNITS = 10_000;

    private final Duration duration;
    private final Clock clock;
    private final Map<String, Instant> until = new LinkedHashMap<>();
    private long released;

    /**
     * Creates an empty quarantine.
     *
     * @param duration how long a unit is shut out
     * @param clock tells the time
     */
    public Quarantine(Duration duration, Clock clock) {
        this.duration = duration;
        this.clock = clock;
    }

    /**
     * Shuts a unit out, from now on.
     *
     * @param unit the unit
     */
    public synchronized void add(String unit) {
        until.remove(unit);
        until.put(unit, clock.instant().plus(duration));
        if (until.size() > MAX_UNITS) {
            until.remove(until.keySet().iterator().next());
            released++;
        }
    }

    /**
     * Returns how many units were let in before their time, because newer ones needed the room.
     *
     * @return the number since the start
     */
    public synchronized long releasedForRoom() {
        return released;
    }

    /**
     * Lets a unit in again.
     *
     * @param unit the unit
     */
    public synchronized void release(String unit) {
        until.remove(unit);
    }

    /**
     * Returns true if a unit is shut out.
     *
     * @param unit the unit
     * @return true until its time has passed
     */
    public synchronized boolean contains(String unit) {
        Instant end = until.get(unit);
        if (end == null) {
            return false;
        }
        if (clock.instant().isBefore(end)) {
            return true;
        }
        until.remove(unit);
        return false;
    }
}
