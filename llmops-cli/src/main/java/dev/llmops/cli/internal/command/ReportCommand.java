package dev.llmops.cli.internal.command;

import dev.llmops.cli.internal.io.ExitCodes;
import dev.llmops.cli.internal.io.LogFiles;
import dev.llmops.cli.internal.io.LoggedTraffic;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.redaction.Redactor;
import dev.llmops.release.store.JdbcSwitchStore;
import dev.llmops.report.Page;
import dev.llmops.report.operations.OperationsReport;
import dev.llmops.report.slo.SloReport;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import dev.llmops.slo.backtest.Backtest;
import dev.llmops.slo.backtest.EventHistory;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.SloStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
        List<SloStatus> statuses = new ArrayList<>();
        List<Incident> incidents = new ArrayList<>();
        for (Objective objective : set.objectives()) {
            List<Exclusion> exclusions = Exclusion.of(set.exclusions(), objective.name());
            EventHistory history = history(objective, traffic).without(exclusions);
            statuses.add(Backtest.statusAt(objective, history, at, exclusions));
            if (!history.steps().isEmpty()) {
                incidents.addAll(Backtest.of(objective, history, ZoneOffset.UTC).incidents());
            }
        }
        boolean isMet = statuses.stream().allMatch(status -> status.state() == SloStatus.State.MET);
        Redactor redactor = Redactor.ofDefaults();
        Page page = SloReport.builder(title, at, statuses)
                .verdict(isMet, "")
                .calls(traffic.calls())
                .events(traffic.events())
                .incidents(incidents)
                .redactor(message -> redactor.redact(message).text())
                .build()
                .toPage();
        write(page, out);
        statuses.forEach(status -> spec.commandLine().getErr().println(status.reason()));
        boolean isBreached = statuses.stream().anyMatch(status -> status.state() == SloStatus.State.BREACHED);
        return isMet ? ExitCodes.PASSED : isBreached ? ExitCodes.FAILED : ExitCodes.UNDECIDED;
    }

    @Command(
            name = "operations",
            description = "Sums a day, week or month up: business effect, quality, cost, capacity.")
    int operations(
            @Option(names = "--from", required = true, description = "The first day, as 2026-11-01.") LocalDate from,
            @Option(names = "--to", required = true, description = "The day after the last one.") LocalDate to,
            @Option(names = "--zone", defaultValue = "UTC", description = "The zone of days; default ${DEFAULT-VALUE}.")
                    ZoneId zone,
            @Option(
                            names = "--ledger",
                            description = "The ledger's database, as jdbc:postgresql://db/llmops?user=reader.")
                    @Nullable
                    String ledger,
            @Option(
                            names = "--releases",
                            description =
                                    "The database of release switches, as jdbc:postgresql://db/llmops?user=reader.")
                    @Nullable
                    String releases,
            @Option(
                            names = "--out",
                            description = "An .html, .md or .json file; without it, Markdown goes to standard output.")
                    @Nullable
                    Path out,
            @Mixin ReportSources sources,
            @Mixin LogFiles logs)
            throws IOException, SQLException {
        Instant start = from.atStartOfDay(zone).toInstant();
        Instant end = to.atStartOfDay(zone).toInstant();
        OperationsReport.Builder report = OperationsReport.builder(start, end, zone);
        logs.read(report::log);
        sources.addTo(report, zone, logs);
        if (ledger != null) {
            try (Connection connection = DriverManager.getConnection(ledger)) {
                report.ledger(connection);
            }
        }
        if (releases != null) {
            try (Connection connection = DriverManager.getConnection(releases)) {
                report.releases(JdbcSwitchStore.events(connection));
            }
        }
        write(report.build().toPage(), out);
        return ExitCodes.PASSED;
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
            String name = out.toString();
            String text =
                    name.endsWith(".md") ? page.toMarkdown() : name.endsWith(".json") ? page.toJson() : page.toHtml();
            Files.writeString(out, text);
        }
    }
}
