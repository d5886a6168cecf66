package dev.llmops.release.internal.statistics;

/**
 * Counts bad events of two arms while the candidate's share of the traffic stood still.
 *
 * @param candidateShareRatio the candidate's share of the traffic of both arms together, in (0, 1)
 * @param candidateBad bad events of the candidate, ≥ 0
 * @param referenceBad bad events of the arm it is compared with, ≥ 0
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
            throw new IllegalArgumentException("candidateShareRatio is out of range (" + candidateShareRatio
                    + ") — it must lie in (0, 1) — an arm without traffic can be compared with none");
        }
        if (candidateBad < 0 || referenceBad < 0) {
            throw new IllegalArgumentException("counts are negative (" + candidateBad + " and " + referenceBad
                    + ") — they must be 0 or more — count each event once");
        }
    }
}
