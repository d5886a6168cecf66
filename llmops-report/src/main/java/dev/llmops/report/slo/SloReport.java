package dev.llmops.report.slo;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.Page;
import dev.llmops.report.ReportFolder;
import dev.llmops.report.Tone;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.status.SloState;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.WindowBurn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The report of traffic that was judged by objectives: the verdict, and for each objective its budget over time, the
 * distribution of its values, its windows and its worst offenders.
 *
 * @param title the name of the run, such as that of a test
 * @param isPassed the verdict
 * @param explanation the reason for the verdict; empty for none
 * @param at when the run ended
 * @param statuses the status of each objective or group
 * @param calls the calls that were judged
 * @param events the later events that were judged
 * @since 0.1.0
 */
public record SloReport(
        String title,
        boolean isPassed,
        String explanation,
        Instant at,
        List<SloStatus> statuses,
        List<CallRecord> calls,
        List<LlmEvent> events) {

    private static final int OFFENDERS = 10;

    /** Copies the lists. */
    public SloReport {
        statuses = List.copyOf(statuses);
        calls = List.copyOf(calls);
        events = List.copyOf(events);
    }

    /**
     * Lays the report out.
     *
     * @return a page with the properties that {@link ReportFolder} shows in its index
     */
    public Page toPage() {
        String verdict = isPassed ? "PASSED" : "FAILED";
        String date = at.truncatedTo(ChronoUnit.SECONDS).toString();
        long met = statuses.stream()
                .filter(status -> status.state() == SloState.MET)
                .count();
        String summary = met + " of " + statuses.size() + " objectives met";
        Page.Builder page = Page.titled(title)
                .property(ReportFolder.VERDICT, verdict)
                .property(ReportFolder.DATE, date)
                .property(ReportFolder.SUMMARY, summary)
                .add(new Block.Facts(List.of(
                        new Block.Fact("verdict", Inline.badge(verdict, isPassed ? Tone.GOOD : Tone.BAD)),
                        new Block.Fact("date", Inline.text(date)),
                        new Block.Fact("objectives", Inline.text(summary)),
                        new Block.Fact("calls", Inline.text(number(calls.size()))),
                        new Block.Fact("later events", Inline.text(number(events.size()))))));
        explanation.lines().forEach(line -> page.add(Block.paragraph(line)));
        statuses.forEach(status -> page.add(section(status)));
        if (statuses.isEmpty()) {
            page.add(Block.empty("No objective was judged."));
        }
        return page.build();
    }

    private Block section(SloStatus status) {
        Objective objective = status.objective();
        List<JudgedEvent> judged = JudgedEvent.of(status, calls, events);
        List<Block> blocks = new ArrayList<>();
        if (!objective.description().isEmpty()) {
            blocks.add(Block.paragraph(objective.description()));
        }
        blocks.add(Block.paragraph(objective.toString()));
        blocks.add(Block.paragraph(status.reason()));
        status.notes().forEach(note -> blocks.add(Block.paragraph("Note: " + note)));
        blocks.add(new Block.Figure(
                "Error budget left over the run: " + percent(status.budgetRemaining()) + " at its end",
                BurnDownChart.of(judged, objective.budget().ratio().doubleValue())));
        scales(objective.indicator()).forEach(indicator -> blocks.add(distribution(indicator, judged)));
        blocks.add(windows(status.burnRates()));
        blocks.add(offenders(JudgedEvent.worst(judged, OFFENDERS)));
        return new Block.Section(name(status), status.state().name().replace('_', ' '), tone(status.state()), blocks);
    }

    private static String name(SloStatus status) {
        StringBuilder name = new StringBuilder(status.objective().displayName());
        status.group()
                .forEach((dimension, value) ->
                        name.append(" · ").append(dimension.label()).append('=').append(value));
        return name.toString();
    }

    private static Tone tone(SloState state) {
        return switch (state) {
            case MET -> Tone.GOOD;
            case BREACHED -> Tone.BAD;
            case INSUFFICIENT_DATA -> Tone.WARNING;
        };
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
                .mapToDouble(MeasuredValue::value)
                .toArray();
        return new DistributionChart(Scale.of(indicator).orElseThrow(), values, judged.size() - values.length)
                .toFigure();
    }

    private static Block windows(List<WindowBurn> burns) {
        return new Block.Table(
                "Windows",
                List.of("window", "events", "bad", "burn rate"),
                burns.stream()
                        .map(burn -> List.of(
                                Inline.text(Durations.format(burn.window())),
                                Inline.number(number(burn.counts().total())),
                                Inline.number(number(burn.counts().bad())),
                                Inline.number(burnRate(burn.burnRate()))))
                        .toList(),
                "No window is watched.");
    }

    private static Block offenders(List<JudgedEvent> offenders) {
        return new Block.Table(
                "Worst offenders",
                List.of("request", "model", "versions", "started", "measured"),
                offenders.stream().map(SloReport::row).toList(),
                "No event spent the budget.");
    }

    private static List<Inline> row(JudgedEvent offender) {
        return List.of(
                Inline.code(offender.id()),
                Inline.text(offender.call().provider() + "/" + offender.call().requestModel()),
                Inline.code(offender.call().versionSet().id()),
                Inline.text(offender.call()
                        .startedAt()
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString()),
                Inline.text(offender.value()));
    }

    private static String burnRate(OptionalDouble rate) {
        return rate.isPresent() ? String.format(Locale.ROOT, "%.2f ×", rate.getAsDouble()) : "no events";
    }

    private static String percent(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.1f %%", ratio.getAsDouble() * 100) : "no events";
    }

    /** Means of scores count in parts. */
    private static String number(double count) {
        return String.format(Locale.ROOT, count == Math.rint(count) ? "%,.0f" : "%,.2f", count);
    }
}
