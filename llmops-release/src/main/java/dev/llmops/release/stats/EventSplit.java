package dev.llmops.release.stats;

/**
 * Counts bad events of two arms while the candidate's share of the traffic stood still.
 *
 * @param candidateShareRatio the candidate's share of the traffic of both arms together, in (0, 1)
 * @param candidateBad bad events of the candidate, ≥ 0
 * @param referenceBad bad events of the arm it is compared with, ≥ 0
 * @since 0.1.0
 */
public record EventSplit(double candidateShareRatio, long candidateBad, long referenceBad) {

    /**
     * Checks the share and the counts.
     *
     * @param candidateShareRatio the candidate's share, in (0, 1)
     * @param candidateBad bad events of the candidate
     * @param referenceBad bad events of the other arm
     * @throws IllegalArgumentException if the share is not in (0, 1) or a count is negative
     */
    public EventSplit {
        if (!(candidateShareRatio > 0 && candidateShareRatio < 1)) {
            throw new IllegalArgumentException("candidateShareRatio must be in (0, 1), but was " + candidateShareRatio
                    + "; an arm without traffic can be compared with none");
        }
        if (candidateBad < 0 || referenceBad < 0) {
            throw new IllegalArgumentException("counts must be ≥ 0, but were " + candidateBad + " and " + referenceBad);
        }
    }
}
