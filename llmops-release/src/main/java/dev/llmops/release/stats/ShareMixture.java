package dev.llmops.release.stats;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Tests one share of binary events against a side, valid at every look.
 *
 * <p>Beta mixture of Lindon and Malek, "Anytime-valid inference for multinomial count data" (2022), cut to the alternative:
 * log e = ln B(a + k, b + n − k) − ln B(a, b) − k ln p − (n − k) ln(1 − p) + ln P(a + k, b + n − k) − ln P(a, b), with a =
 * c·p, b = c·(1 − p), and P(α, β) the probability of a Beta(α, β) on the alternative's side of p.
 */
final class ShareMixture {

    private ShareMixture() {}

    /**
     * Returns the evidence that the share is over p.
     *
     * @param hits k, 0 to n
     * @param n events, ≥ 0
     * @param shareRatio p, in (0, 1); H₀ is "at most p"
     * @param concentration c &gt; 0
     * @return log e; 0 without events
     */
    static double logEvidenceOfExcess(long hits, long n, double shareRatio, double concentration) {
        return logEvidence(hits, n, shareRatio, concentration, true);
    }

    /**
     * Returns the evidence that the share is under p.
     *
     * @param hits k, 0 to n
     * @param n events, ≥ 0
     * @param shareRatio p, in (0, 1); H₀ is "at least p"
     * @param concentration c &gt; 0
     * @return log e; 0 without events
     */
    static double logEvidenceOfShortfall(long hits, long n, double shareRatio, double concentration) {
        return logEvidence(hits, n, shareRatio, concentration, false);
    }

    private static double logEvidence(long hits, long n, double p, double concentration, boolean above) {
        double a = concentration * p;
        double b = concentration - a;
        double misses = (double) n - hits;
        double mixture = LogBeta.value(a + hits, b + misses) - LogBeta.value(a, b);
        double cut = Math.log(side(p, a + hits, b + misses, above)) - Math.log(side(p, a, b, above));
        return mixture - hits * Math.log(p) - misses * Math.log1p(-p) + cut;
    }

    private static double side(double p, double a, double b, boolean above) {
        return above ? RegularizedBeta.complement(p, a, b) : RegularizedBeta.value(p, a, b);
    }
}
