package dev.llmops.quality.drift;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Comparison of one window with the reference.
 *
 * @param from the start of the window
 * @param to its end
 * @param referenceVersionSet the version set of the reference
 * @param profileDigest the digest of the reference profile
 * @param otherVersionSets the version sets of calls in the window that were left out; compare versions side by side first
 * @param findings all comparisons
 * @param verdict drift if any feature drifted; insufficient data if no feature could be decided
 * @param alerts the features that have drifted for as many windows as the policy asks, or with high severity
 * @since 0.1.0
 */
public record DriftReport(
        Instant from,
        Instant to,
        String referenceVersionSet,
        String profileDigest,
        Set<String> otherVersionSets,
        List<DriftFinding> findings,
        DriftFinding.Verdict verdict,
        Set<String> alerts) {

    /** Copies the collections. */
    public DriftReport {
        otherVersionSets = Set.copyOf(otherVersionSets);
        findings = List.copyOf(findings);
        alerts = Set.copyOf(alerts);
    }

    /**
     * Finds the comparison of a feature by a method.
     *
     * @param feature the feature's name
     * @param method the method
     * @return the finding, empty if there was no such test
     */
    public Optional<DriftFinding> finding(String feature, DriftFinding.Method method) {
        return findings.stream()
                .filter(finding -> finding.feature().equals(feature) && finding.method() == method)
                .findFirst();
    }

    static DriftFinding.Verdict verdict(List<DriftFinding> findings) {
        if (findings.stream().anyMatch(finding -> finding.verdict() == DriftFinding.Verdict.DRIFT)) {
            return DriftFinding.Verdict.DRIFT;
        }
        return findings.stream().allMatch(finding -> finding.verdict() == DriftFinding.Verdict.INSUFFICIENT_DATA)
                ? DriftFinding.Verdict.INSUFFICIENT_DATA
                : DriftFinding.Verdict.NO_DRIFT;
    }
}
