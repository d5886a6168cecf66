package dev.llmops.release;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.MetricSums;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** Evidence written down sum by sum. */
public final class Sums {

    private final Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();

    public static Sums of() {
        return new Sums();
    }

    public Sums count(String stage, String series, Arm arm, long n, long bad) {
        sums.merge(
                new GateEvidence.Key(stage, series, arm), new MetricSums(n, bad, 0, BigInteger.ZERO), MetricSums::plus);
        return this;
    }

    /** Units of candidate and baseline, and how many of them failed. */
    public Sums errors(String stage, long candidate, long candidateBad, long baseline, long baselineBad) {
        return count(stage, "units", Arm.CANDIDATE, candidate, 0)
                .count(stage, "units", Arm.BASELINE, baseline, 0)
                .count(stage, "errors", Arm.CANDIDATE, candidate, candidateBad)
                .count(stage, "errors", Arm.BASELINE, baseline, baselineBad);
    }

    public GateEvidence evidence() {
        return GateEvidence.of("r1", sums, Map.of());
    }
}
