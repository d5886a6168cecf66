package dev.llmops.quality.cases;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.statistics.OddsGrid;
import dev.llmops.quality.Rate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of one group. Not thread-safe. */
final class GroupTally {

    private static final int EXAMPLES = 3;

    private final CaseGroup.Signature signature;
    private final Map<String, Long> byVersionSet = new TreeMap<>();
    private final Map<String, OddsGrid> evidence = new TreeMap<>();
    private final Map<String, Double> expected = new TreeMap<>();
    private final List<CallRecord> examples = new ArrayList<>();
    private long count;
    private BigDecimal cost = BigDecimal.ZERO;

    GroupTally(CaseGroup.Signature signature) {
        this.signature = signature;
    }

    void add(CallRecord record, Map<String, Double> shares) {
        String answeredBy = record.info().versionSet().id();
        count++;
        byVersionSet.merge(answeredBy, 1L, Long::sum);
        shares.forEach((versionSet, share) -> {
            expected.merge(versionSet, share, Double::sum);
            boolean isOwn = versionSet.equals(answeredBy);
            evidence.computeIfAbsent(versionSet, v -> OddsGrid.ofExcess(1)).add(share, isOwn ? 1 : 0, isOwn ? 0 : 1);
        });
        if (record.cost() != null && record.cost().amountOrNull() != null) {
            cost = cost.add(record.cost().amountOrNull());
        }
        if (examples.size() < EXAMPLES) {
            examples.add(record);
        }
    }

    long count() {
        return count;
    }

    CaseGroup.Signature signature() {
        return signature;
    }

    List<CallRecord> examples() {
        return examples;
    }

    CaseGroup read(long allBad) {
        List<CaseGroup.Lift> lifts = new ArrayList<>();
        evidence.forEach((versionSet, grid) -> {
            long ofVersion = byVersionSet.getOrDefault(versionSet, 0L);
            double expectedCount = expected.getOrDefault(versionSet, 0.0);
            lifts.add(new CaseGroup.Lift(versionSet, ofVersion, ofVersion / expectedCount, grid.logEvidence()));
        });
        lifts.sort(Comparator.comparingDouble(CaseGroup.Lift::logEvidence).reversed());
        return new CaseGroup(
                signature,
                new Rate(count, allBad),
                lifts,
                examples.stream()
                        .map(record -> record.info().traceId())
                        .filter(id -> id != null)
                        .toList(),
                cost);
    }
}
