package dev.llmops.report.operations;

import dev.llmops.quality.drift.DriftFinding;
import dev.llmops.quality.drift.DriftReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The share of windows whose traffic differed from its reference. */
final class DriftFigures {

    private static final String SECTION = OperationsReport.QUALITY;

    private DriftFigures() {}

    static List<Figure> of(List<DriftReport> windows) {
        long drifted = count(windows, DriftFinding.Verdict.DRIFT);
        long undecided = count(windows, DriftFinding.Verdict.INSUFFICIENT_DATA);
        long decided = windows.size() - undecided;
        List<Figure> figures = new ArrayList<>(Figure.rate(SECTION, "windows with drift", drifted, decided));
        figures.addAll(Figure.rate(SECTION, "windows with too little data for drift", undecided, windows.size()));
        figures.addAll(Figure.rate(
                SECTION,
                "windows with a drift alert",
                windows.stream().filter(window -> !window.alerts().isEmpty()).count(),
                windows.size()));
        for (String feature : features(windows)) {
            long of = windows.stream()
                    .filter(window -> has(window, feature, DriftFinding.Verdict.DRIFT))
                    .count();
            figures.addAll(Figure.rate(SECTION, "windows with drift of " + feature, of, decided));
        }
        return figures;
    }

    private static long count(List<DriftReport> windows, DriftFinding.Verdict verdict) {
        return windows.stream().filter(window -> window.verdict() == verdict).count();
    }

    private static Set<String> features(List<DriftReport> windows) {
        Set<String> features = new TreeSet<>();
        windows.forEach(window -> window.findings().stream()
                .filter(finding -> finding.verdict() == DriftFinding.Verdict.DRIFT)
                .map(DriftFinding::feature)
                .forEach(features::add));
        return features;
    }

    private static boolean has(DriftReport window, String feature, DriftFinding.Verdict verdict) {
        return window.findings().stream()
                .anyMatch(finding -> finding.feature().equals(feature) && finding.verdict() == verdict);
    }
}
