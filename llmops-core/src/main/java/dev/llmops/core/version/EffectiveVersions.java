package dev.llmops.core.version;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Completes the versions that calls bring by those of the application. Merging computes a digest, so merged sets are
 * cached. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EffectiveVersions {

    private static final int MAX_KEPT = 1024;

    private final VersionSet fallback;
    private final ConcurrentMap<VersionSet, VersionSet> merged = new ConcurrentHashMap<>();

    /**
     * Creates a cache.
     *
     * @param fallback the versions of the application
     */
    public EffectiveVersions(VersionSet fallback) {
        this.fallback = fallback;
    }

    /**
     * Returns the versions that answer a call.
     *
     * @param ofCall the versions that the call brings
     * @return these, with missing parts from those of the application
     */
    public VersionSet of(VersionSet ofCall) {
        VersionSet known = merged.get(ofCall);
        if (known != null) {
            return known;
        }
        VersionSet effective = ofCall.orElse(fallback);
        if (merged.size() < MAX_KEPT) {
            merged.put(ofCall, effective);
        }
        return effective;
    }
}
