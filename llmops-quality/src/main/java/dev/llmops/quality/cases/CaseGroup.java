package dev.llmops.quality.cases;

import dev.llmops.quality.Rate;
import java.math.BigDecimal;
import java.util.List;

/**
 * Bad cases with one signature.
 *
 * @param signature what they have in common
 * @param share their share of all bad cases
 * @param lifts by version set, the strongest evidence first
 * @param traceIds up to three traces to look at
 * @param cost what the calls cost together, unpriced ones left out
 * @since 0.1.0
 */
public record CaseGroup(CaseSignature signature, Rate share, List<Lift> lifts, List<String> traceIds, BigDecimal cost) {

    /** Copies the lists. */
    public CaseGroup {
        lifts = List.copyOf(lifts);
        traceIds = List.copyOf(traceIds);
    }

    /**
     * Frequency of the group's cases in one version set, compared with that version set's share of the traffic.
     *
     * @param versionSet the version set's id
     * @param count the number of cases
     * @param ratio the version set's share of the cases, divided by its share of the traffic
     * @param logEvidence the natural logarithm of the e-value against a ratio of at most 1; from ln 20 ≈ 3 the version set
     *     is worse at the level of 5 %, no matter how often one looks. The share of traffic is estimated from the latest
     *     calls, so read it as a pointer, not as a gate
     */
    public record Lift(String versionSet, long count, double ratio, double logEvidence) {}

    /**
     * Returns the number of cases.
     *
     * @return the number
     */
    public long count() {
        return share.count();
    }
}
