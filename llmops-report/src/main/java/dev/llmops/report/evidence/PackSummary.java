package dev.llmops.report.evidence;

import dev.llmops.core.version.VersionSet;
import dev.llmops.release.GateDecision;
import dev.llmops.release.LineResult;
import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.Page;
import dev.llmops.report.internal.Shown;
import dev.llmops.report.internal.VerdictTones;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The first page of a pack. Its numbers are those of {@code decision.json}, shortened. */
final class PackSummary {

    private final GateDecision decision;
    private final VersionSet baseline;
    private final VersionSet candidate;
    private final Instant at;
    private final Map<String, @Nullable Object> counts;

    PackSummary(
            GateDecision decision,
            VersionSet baseline,
            VersionSet candidate,
            Instant at,
            Map<String, @Nullable Object> counts) {
        this.decision = decision;
        this.baseline = baseline;
        this.candidate = candidate;
        this.at = at;
        this.counts = counts;
    }

    Page page() {
        return Page.titled("Release " + decision.changeId())
                .add(new Block.Facts(List.of(
                        new Block.Fact(
                                "verdict",
                                Inline.badge(decision.verdict().name(), VerdictTones.of(decision.verdict()))),
                        new Block.Fact("stage", Inline.text(decision.stage())),
                        new Block.Fact("at", Inline.text(at.toString())))))
                .add(Block.paragraph(decision.reason()))
                .add(new Block.Table(
                        "Lines",
                        List.of("line", "metric", "verdict", "value", "control", "ratio", "n", "bad", "e", "limit"),
                        decision.lines().stream().map(PackSummary::row).toList(),
                        "The policy judges no metric."))
                .add(versions())
                .add(notCounted())
                .add(new Block.Table(
                        "Records",
                        List.of("what", "number"),
                        counts.entrySet().stream()
                                .map(entry -> List.of(
                                        Inline.text(entry.getKey().replace('_', ' ')),
                                        Inline.number(String.valueOf(entry.getValue()))))
                                .toList(),
                        ""))
                .build();
    }

    private static List<Inline> row(LineResult line) {
        return List.of(
                Inline.text(line.line().name().toLowerCase(Locale.ROOT)),
                Inline.text(line.metric()),
                Inline.badge(line.verdict().name(), VerdictTones.of(line.verdict())),
                number(line.value()),
                number(line.control()),
                Inline.number(text(line.ratio()) + " [" + text(line.interval().lower()) + ", "
                        + text(line.interval().upper()) + "]"),
                Inline.number(String.valueOf(line.n())),
                Inline.number(String.valueOf(line.bad())),
                Inline.number(line.shownE()),
                number(line.limit()));
    }

    private static Inline number(double value) {
        return Inline.number(text(value));
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "unknown" : Shown.number(value);
    }

    private Block versions() {
        Set<String> names = new TreeSet<>(baseline.parts().keySet());
        names.addAll(candidate.parts().keySet());
        List<List<Inline>> rows = new ArrayList<>();
        for (String name : names) {
            String before = baseline.parts().getOrDefault(name, "");
            String after = candidate.parts().getOrDefault(name, "");
            if (!Objects.equals(before, after)) {
                rows.add(List.of(Inline.text(name), Inline.code(before), Inline.code(after)));
            }
        }
        return new Block.Table("What changed", List.of("part", "baseline", "candidate"), rows, "No part differs.");
    }

    private Block notCounted() {
        return new Block.Table(
                "Not counted",
                List.of("why", "calls"),
                decision.notCounted().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry ->
                                List.of(Inline.text(entry.getKey()), Inline.number(String.valueOf(entry.getValue()))))
                        .toList(),
                "Every call was counted.");
    }
}
