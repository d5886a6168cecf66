package dev.llmops.metrics;

import dev.llmops.core.version.VersionSet;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shows, once for each version set, what its id stands for, so that a query can join its parts.
 *
 * <p>See docs/decisions/metrics.md#version-sets-are-decoded-by-an-info-series.
 */
final class VersionSetInfo {

    private final Backend backend;
    private final Set<String> shown = ConcurrentHashMap.newKeySet();

    VersionSetInfo(Backend backend) {
        this.backend = backend;
    }

    /** Shows a version set unless it is empty or its id was replaced by the label's limit. */
    void show(String limitedId, VersionSet versionSet) {
        if (shown.contains(limitedId) || versionSet.parts().isEmpty()) {
            return;
        }
        if (limitedId.equals(versionSet.id()) && shown.add(limitedId)) {
            backend.observed(Instrument.VERSION_SET_INFO, labels(versionSet), () -> 1);
        }
    }

    private static List<String> labels(VersionSet versionSet) {
        return Instrument.VERSION_SET_INFO.labels().stream()
                .map(label -> label.equals("version_set")
                        ? versionSet.id()
                        : versionSet.part(label).orElse(""))
                .toList();
    }
}
