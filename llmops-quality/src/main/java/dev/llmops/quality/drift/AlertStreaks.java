package dev.llmops.quality.drift;

import dev.llmops.quality.drift.statistics.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** For how many windows in a row each feature has drifted. Not thread-safe. */
final class AlertStreaks {

    private final int windows;
    private final Map<String, Integer> drifted = new HashMap<>();

    AlertStreaks(int windows) {
        this.windows = windows;
    }

    /** Counts a window, and returns the features with an alert. A feature without enough data keeps its count. */
    Set<String> after(List<DriftFinding> findings) {
        Set<String> drifting = new TreeSet<>();
        Set<String> decided = new TreeSet<>();
        Set<String> alerts = new TreeSet<>();
        for (DriftFinding finding : findings) {
            if (finding.verdict() != DriftFinding.Verdict.INSUFFICIENT_DATA) {
                decided.add(finding.feature());
            }
            if (finding.verdict() == DriftFinding.Verdict.DRIFT) {
                drifting.add(finding.feature());
            }
            if (finding.severity() == Severity.HIGH) {
                alerts.add(finding.feature());
            }
        }
        for (String feature : decided) {
            int streak = drifting.contains(feature) ? drifted.merge(feature, 1, Integer::sum) : 0;
            if (streak == 0) {
                drifted.remove(feature);
            } else if (streak >= windows) {
                alerts.add(feature);
            }
        }
        return alerts;
    }
}
