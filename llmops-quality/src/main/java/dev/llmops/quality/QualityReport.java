package dev.llmops.quality;

import java.util.List;
import java.util.Optional;

/**
 * Quality by version set.
 *
 * @param answered by the version set that answered
 * @param assigned by the version set to which the call was assigned, so that a fallback counts for the version that failed
 * @since 0.1.0
 */
public record QualityReport(List<VersionQuality> answered, List<VersionQuality> assigned) {

    /** Copies the lists. */
    public QualityReport {
        answered = List.copyOf(answered);
        assigned = List.copyOf(assigned);
    }

    /**
     * Finds the quality of the answers of a version set.
     *
     * @param versionSet the version set's id
     * @return its quality, empty if it has not answered
     */
    public Optional<VersionQuality> of(String versionSet) {
        return answered.stream()
                .filter(quality -> quality.versionSet().equals(versionSet))
                .findFirst();
    }
}
