package dev.llmops.report.slo;

import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.Page;
import dev.llmops.report.ReportFolder;
import dev.llmops.report.internal.Shown;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.status.CompositeStatus;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The page of a report on objectives. */
final class SloPage {

    private static final int OFFENDERS = 10;
    private static final Map<Block.Tone, String> STATES =
            Map.of(Block.Tone.BAD, "breached", Block.Tone.WARNING, "undecided", Block.Tone.GOOD, "met");

    private final SloReport report;
    private final AlertSection alerts;

    SloPage(SloReport report) {
        this.report = report;
        alerts = new AlertSection(report.statuses, report.incidents);
    }

    Page page() {
        String verdict = report.isPassed ? "PASSED" : "FAILED";
        String date = report.at.truncatedTo(ChronoUnit.SECONDS).toString();
        String summary = count(Block.Tone.GOOD) + " of " + report.statuses.size() + " objectives met";
        Page.Builder page = Page.titled(report.title)
                .property(ReportFolder.VERDICT, verdict)
                .property(ReportFolder.DATE, date)
                .property(ReportFolder.SUMMARY, summary)
                .add(Block.paragraph(
                        Inline.badge(verdict, report.isPassed ? Block.Tone.GOOD : Block.Tone.BAD),
                        Inline.text(" " + summary + breached() + "; " + alerts.summary() + "; "
                                + Shown.count(report.calls.size()) + " calls and "
                                + Shown.count(report.events.size()) + " later events until " + date)));
        report.explanation.lines().forEach(line -> page.add(Block.paragraph(line)));
        if (report.statuses.isEmpty()) {
            return page.add(Block.empty("No objective was judged.")).build();
        }
        page.add(alerts.block());
        filter(page);
        report.statuses.forEach(status -> page.add(section(status)));
        report.composites.forEach(status -> page.add(section(status)));
        return page.build();
    }

    private long count(Block.Tone tone) {
        return report.statuses.stream()
                .filter(status -> tone(status.state()) == tone)
                .count();
    }

    private String breached() {
        List<String> names = report.statuses.stream()
                .filter(status -> status.state() == SloStatus.State.BREACHED)
                .map(SloPage::name)
                .toList();
        return names.isEmpty() ? "" : ", breached: " + String.join(", ", names);
    }

    private void filter(Page.Builder page) {
        Map<Block.Tone, String> choices = new LinkedHashMap<>();
        for (Block.Tone tone : List.of(Block.Tone.BAD, Block.Tone.WARNING, Block.Tone.GOOD)) {
            long sections = count(tone)
                    + report.composites.stream()
                            .filter(status -> tone(status.state()) == tone)
                            .count();
            if (sections > 0) {
                choices.put(tone, STATES.get(tone) + " " + sections);
            }
        }
        if (choices.size() > 1) {
            page.add(new Block.Filter(choices));
        }
    }

    private Block section(SloStatus status) {
        Objective objective = status.objective();
        List<JudgedEvent> judged = JudgedEvent.of(status, report.calls, report.events);
        List<Block> blocks = new ArrayList<>();
        if (!objective.description().isEmpty()) {
            blocks.add(Block.paragraph(objective.description()));
        }
        blocks.add(Block.paragraph(objective.toString()));
        blocks.add(Block.paragraph(status.reason()));
        status.notes().forEach(note -> blocks.add(Block.paragraph("Note: " + note)));
        if (!status.exclusions().isEmpty()) {
            blocks.add(excluded(status.exclusions()));
        }
        blocks.add(new Block.Figure(
                "Error budget left over the run: " + Shown.percent(status.budgetRemaining(), "no events")
                        + " at its end",
                BurnDownChart.of(judged, objective.budget().ratio().doubleValue())));
        blocks.add(TrendChart.of(judged, objective.target().doubleValue()));
        scales(objective.indicator()).forEach(indicator -> blocks.add(distribution(indicator, judged)));
        blocks.add(windows(status.burnRates()));
        blocks.add(new Offenders(report.redactor).table(JudgedEvent.worst(judged, OFFENDERS)));
        return new Block.Section(name(status), state(status.state()), tone(status.state()), blocks);
    }

    private static Block section(CompositeStatus status) {
        List<Block> blocks = new ArrayList<>();
        if (!status.composite().description().isEmpty()) {
            blocks.add(Block.paragraph(status.composite().description()));
        }
        blocks.add(Block.paragraph(status.reason()));
        blocks.add(new Block.Table(
                "Members",
                List.of("objective", "status", "budget left"),
                status.members().stream()
                        .map(member -> List.of(
                                Inline.text(name(member)),
                                Inline.badge(state(member.state()), tone(member.state())),
                                Inline.number(Shown.percent(member.budgetRemaining(), "no events"))))
                        .toList(),
                ""));
        return new Block.Section(status.composite().name(), state(status.state()), tone(status.state()), blocks);
    }

    static String name(SloStatus status) {
        StringBuilder name = new StringBuilder(status.objective().displayName());
        status.group()
                .forEach((dimension, value) ->
                        name.append(" · ").append(dimension.label()).append('=').append(value));
        return name.toString();
    }

    private static String state(SloStatus.State state) {
        return state.name().replace('_', ' ');
    }

    private static Block.Tone tone(SloStatus.State state) {
        return switch (state) {
            case MET -> Block.Tone.GOOD;
            case BREACHED -> Block.Tone.BAD;
            case INSUFFICIENT_DATA -> Block.Tone.WARNING;
        };
    }

    private static Block excluded(List<Exclusion> exclusions) {
        return new Block.Table(
                "Excluded time",
                List.of("after", "until", "by", "reason"),
                exclusions.stream()
                        .map(each -> List.of(
                                Inline.text(each.from().toString()),
                                Inline.text(each.to().toString()),
                                Inline.text(each.by()),
                                Inline.text(each.reason())))
                        .toList(),
                "");
    }

    private static Stream<Indicator> scales(Indicator indicator) {
        Stream<Indicator> parts =
                indicator instanceof Indicator.Goodput goodput ? goodput.parts().stream() : Stream.of(indicator);
        return parts.filter(part -> Scale.of(part).isPresent());
    }

    private static Block distribution(Indicator indicator, List<JudgedEvent> judged) {
        double[] values = judged.stream()
                .flatMap(event -> event.measured().stream())
                .filter(measured -> measured.indicator().equals(indicator))
                .mapToDouble(JudgedEvent.Measured::value)
                .toArray();
        return new DistributionChart(Scale.of(indicator).orElseThrow(), values, judged.size() - values.length)
                .toFigure();
    }

    private static Block windows(List<TierVerdict.Burn> burns) {
        return new Block.Table(
                "Windows",
                List.of("window", "events", "bad", "share", "burn rate"),
                burns.stream()
                        .map(burn -> List.of(
                                Inline.text(Durations.format(burn.window())),
                                Inline.number(Shown.count(burn.counts().total())),
                                Inline.number(Shown.count(burn.counts().bad())),
                                Inline.number(Shown.percent(burn.counts().errorRatio(), "no events")),
                                Inline.number(burnRate(burn))))
                        .toList(),
                "No window is watched.");
    }

    private static String burnRate(TierVerdict.Burn burn) {
        return burn.burnRate().isPresent() ? Shown.number(burn.burnRate().getAsDouble()) + " ×" : "no events";
    }
}
