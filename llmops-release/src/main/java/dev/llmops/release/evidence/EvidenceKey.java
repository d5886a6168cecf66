package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import java.util.Comparator;

/**
 * Names what is summed.
 *
 * @param stage the stage in which the unit was assigned
 * @param series a metric, or one of the {@link Series} derived from it
 * @param arm the arm that was assigned
 * @since 0.1.0
 */
public record EvidenceKey(String stage, String series, Arm arm) implements Comparable<EvidenceKey> {

    private static final Comparator<EvidenceKey> ORDER = Comparator.comparing(EvidenceKey::stage)
            .thenComparing(EvidenceKey::series)
            .thenComparing(EvidenceKey::arm);

    @Override
    public int compareTo(EvidenceKey other) {
        return ORDER.compare(this, other);
    }
}
