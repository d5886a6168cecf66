package dev.llmops.core;

import dev.llmops.core.version.VersionSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What answers a call that brings versions of its own. Merging digests the parts, so the few sets that come are kept. */
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
