package dev.llmops.cli.command;

import dev.llmops.cli.io.ExitCodes;
import dev.llmops.cli.io.LogFiles;
import dev.llmops.cli.io.LoggedTraffic;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.report.Page;
import dev.llmops.report.slo.SloReport;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Objective;
import dev.llmops.slo.backtest.Backtest;
import dev.llmops.slo.backtest.EventHistory;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.SloState;
import dev.llmops.slo.status.SloStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Reports on logged traffic.
 *
 * @since 0.1.0
 */
@Command(name = "report", synopsisSubcommandLabel = "COMMAND", description = "Reports on logged traffic.")
public final class ReportCommand {

    private static final Duration STEP = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line. */
    public ReportCommand() {}

    @Command(name = "slo", description = "Judges logged calls by objectives, and writes a page with charts.")
    int slo(
            @Option(names = "--objectives", required = true, description = "The objectives, as YAML.") Path objectives,
            @Option(names = "--title", defaultValue = "Objectives", description = "Title of the page.") String title,
            @Option(
                            names = "--out",
                            description = "An .html or .md file; without it, Markdown goes to standard output.")
                    @Nullable
                    Path out,
            @Mixin LogFiles logs)
            throws IOException {
        ObjectiveSet set = ObjectiveSet.read(objectives);
        LoggedTraffic traffic = logs.read(LoggedTraffic::of);
        if (traffic.calls().isEmpty()) {
            throw new IllegalArgumentException("no call in the log (" + traffic.unreadable()
                    + " lines are no record) — records of schema llmops.call/1 — pass files of the call log");
        }
        Instant end = traffic.calls().stream()
                .map(CallRecord::endedAt)
                .max(Instant::compareTo)
                .orElseThrow();
        Instant at = Instant.ofEpochSecond(Math.floorDiv(end.getEpochSecond(), 60) * 60 + 60);
        List<SloStatus> statuses = set.objectives().stream()
                .map(objective -> Backtest.statusAt(objective, history(objective, traffic), at))
                .toList();
        boolean isMet = statuses.stream().allMatch(status -> status.state() == SloState.MET);
        Page page = new SloReport(title, isMet, "", at, statuses, traffic.calls(), traffic.events()).toPage();
        write(page, out);
        statuses.forEach(status -> spec.commandLine().getErr().println(status.reason()));
        boolean isBreached = statuses.stream().anyMatch(status -> status.state() == SloState.BREACHED);
        return isMet ? ExitCodes.PASSED : isBreached ? ExitCodes.FAILED : ExitCodes.UNDECIDED;
    }

    private static EventHistory history(Objective objective, LoggedTraffic traffic) {
        EventHistory history = new EventHistory(STEP);
        traffic.calls().forEach(call -> history.add(objective, call));
        for (LlmEvent event : traffic.events()) {
            OptionalDouble badness = objective.badnessOf(event);
            if (badness.isPresent()) {
                history.add(event.at(), new Counts(badness.getAsDouble(), 1));
            }
        }
        return history;
    }

    private void write(Page page, @Nullable Path out) throws IOException {
        if (out == null) {
            spec.commandLine().getOut().print(page.toMarkdown());
            spec.commandLine().getOut().flush();
        } else {
            Files.writeString(out, out.toString().endsWith(".md") ? page.toMarkdown() : page.toHtml());
        }
    }
}
