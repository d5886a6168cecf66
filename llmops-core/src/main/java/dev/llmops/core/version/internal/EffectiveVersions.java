package dev.llmops.core.version.internal;

import dev.llmops.core.version.VersionSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Completes the versions that calls bring by those of the application. Merging computes a digest, so merged sets are
 * cached. Thread-safe.
 */
public final class EffectiveVersions {

    private static final int MAX_KEPT = 1024;

    private final VersionSet fallback;
    private final ConcurrentMap<VersionSet, VersionSet> merged = new ConcurrentHashMap<>();

    /** Creates a cache over the versions of the application. */
    public EffectiveVersions(VersionSet fallback) {
        this.fallback = fallback;
    }

    /** Returns the versions of a call, with missing parts from those of the application. */
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
