package dev.llmops.quality.cases;

import java.util.HashMap;
import java.util.Map;

/** Shares of version sets among the latest calls, which follow a ramp within {@value #WINDOW} calls. Not thread-safe. */
final class RecentShares {

    static final int WINDOW = 1_000;

    private static final double LEAST = 0.001;

    private final String[] ring = new String[WINDOW];
    private final Map<String, Integer> counts = new HashMap<>();
    private int size;
    private int next;

    void add(String versionSet) {
        if (size == WINDOW) {
            counts.computeIfPresent(ring[next], (v, count) -> count == 1 ? null : count - 1);
        } else {
            size++;
        }
        ring[next] = versionSet;
        counts.merge(versionSet, 1, Integer::sum);
        next = (next + 1) % WINDOW;
    }

    /** The share, kept away from 0 and 1, where an event of another version set would be impossible. */
    double share(String versionSet) {
        double share = size == 0 ? 0 : (double) counts.getOrDefault(versionSet, 0) / size;
        return Math.min(1 - LEAST, Math.max(LEAST, share));
    }
}
