package dev.llmops.core;

import dev.llmops.core.version.VersionSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Completes the versions that calls bring. Merging computes a digest, so merged sets are cached. */
final class EffectiveVersions {

    private static final int MAX_KEPT = 1024;

    private final VersionSet fallback;
    private final ConcurrentMap<VersionSet, VersionSet> merged = new ConcurrentHashMap<>();

    EffectiveVersions(VersionSet fallback) {
        this.fallback = fallback;
    }

    VersionSet of(VersionSet ofCall) {
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
