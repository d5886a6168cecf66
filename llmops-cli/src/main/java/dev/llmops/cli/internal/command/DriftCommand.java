package dev.llmops.cli.internal.command;

import dev.llmops.cli.internal.io.ExitCodes;
import dev.llmops.cli.internal.io.LogFiles;
import dev.llmops.cli.internal.io.LoggedTraffic;
import dev.llmops.core.record.CallRecord;
import dev.llmops.quality.drift.DriftFinding;
import dev.llmops.quality.drift.DriftMonitor;
import dev.llmops.quality.drift.DriftReport;
import dev.llmops.quality.drift.DriftWindow;
import dev.llmops.quality.drift.Feature;
import dev.llmops.quality.drift.ReferenceProfile;
import dev.llmops.quality.drift.ReferenceRecorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Compares traffic with a reference.
 *
 * @since 0.1.0
 */
@Command(name = "drift", synopsisSubcommandLabel = "COMMAND", description = "Compares traffic with a reference.")
public final class DriftCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line. */
    public DriftCommand() {}

    @Command(name = "profile", description = "Writes the reference profile of a version set from its calls.")
    int profile(
            @Option(names = "--version-set", required = true, description = "The id of the version set.") String id,
            @Option(names = "--out", required = true, description = "The profile.") Path file,
            @Mixin LogFiles logs)
            throws IOException {
        ReferenceRecorder recorder = new ReferenceRecorder(id, Feature.standard());
        Map<String, Long> seen = new TreeMap<>();
        logs.read(lines -> LoggedTraffic.forEachCall(lines, call -> {
            seen.merge(call.info().versionSet().id(), 1L, Long::sum);
            recorder.add(call);
        }));
        if (!seen.containsKey(id)) {
            throw new IllegalArgumentException("no call of version set '" + id + "' — the log has " + seen
                    + " — pass one of these to --version-set");
        }
        ReferenceProfile profile = recorder.profile();
        profile.write(file);
        out().println(seen.get(id) + " calls, digest " + profile.digest());
        return ExitCodes.PASSED;
    }

    @Command(name = "compare", description = "Compares the calls of a log with a profile.")
    int compare(
            @Option(names = "--profile", required = true, description = "The profile.") Path file,
            @Option(names = "--any-version-set", description = "Compare calls of other version sets too.") boolean any,
            @Mixin LogFiles logs)
            throws IOException {
        DriftMonitor monitor = DriftMonitor.builder(ReferenceProfile.read(file))
                .anyVersionSet(any)
                .build();
        Span span = new Span();
        logs.read(lines -> LoggedTraffic.forEachCall(lines, call -> {
            span.add(call);
            monitor.add(call);
        }));
        DriftReport report = monitor.judge(span.of(monitor.takeWindow()));
        report.findings().forEach(finding -> out().println(line(finding)));
        out().println(report.verdict());
        return switch (report.verdict()) {
            case NO_DRIFT -> ExitCodes.PASSED;
            case DRIFT -> ExitCodes.FAILED;
            case INSUFFICIENT_DATA -> ExitCodes.UNDECIDED;
        };
    }

    /** The time in which the calls of a log were made, which decides the hours of the week they are compared with. */
    private static final class Span {

        private Instant from = Instant.MAX;
        private Instant to = Instant.MIN;

        void add(CallRecord call) {
            Instant at = call.info().startedAt();
            from = at.isBefore(from) ? at : from;
            to = at.isAfter(to) ? at : to;
        }

        DriftWindow of(DriftWindow window) {
            return from.isAfter(to)
                    ? window
                    : new DriftWindow(
                            from,
                            to.plusNanos(1),
                            window.profileDigest(),
                            window.counts(),
                            window.embeddings(),
                            window.otherVersionSets());
        }
    }

    private static String line(DriftFinding finding) {
        return String.format(
                Locale.ROOT,
                "%s %s %s effect %.4f, p %.3g, n %d against %d",
                finding.verdict(),
                finding.feature(),
                finding.method(),
                finding.effect(),
                finding.adjustedPValue(),
                finding.currentCount(),
                finding.referenceCount());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
