package dev.llmops.cli.internal.command;

import dev.llmops.cli.internal.io.ExitCodes;
import dev.llmops.cli.internal.io.LogFiles;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import dev.llmops.slo.backtest.Backtest;
import dev.llmops.slo.backtest.EventHistory;
import dev.llmops.slo.backtest.JsonLinesHistory;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.prometheus.PrometheusReader;
import dev.llmops.slo.prometheus.PrometheusRules;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Tries objectives on the past, and generates rules from them.
 *
 * @since 0.1.0
 */
@Command(
        name = "slo",
        synopsisSubcommandLabel = "COMMAND",
        description = "Tries objectives on the past, generates rules.")
public final class SloCommand {

    private static final Duration STEP = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line. */
    public SloCommand() {}

    @Command(
            name = "backtest",
            description = "Says how often an objective would have alerted on a log, and which target fits.")
    int backtest(
            @Option(names = "--objectives", required = true, description = "The objectives, as YAML.") Path file,
            @Option(names = "--slo", required = true, description = "The name of one of them.") String name,
            @Option(names = "--zone", defaultValue = "UTC", description = "The zone of days; default ${DEFAULT-VALUE}.")
                    ZoneId zone,
            @Mixin LogFiles logs)
            throws IOException {
        ObjectiveSet set = ObjectiveSet.read(file);
        Objective objective = objective(set, file, name);
        JsonLinesHistory.Result read = logs.read(lines -> JsonLinesHistory.read(objective, lines, STEP));
        spec.commandLine().getErr().println(read.lines() + " lines, " + read.unreadable() + " unreadable");
        return explained(Backtest.of(objective, counted(set, objective, read.history()), zone));
    }

    @Command(name = "backtest-prometheus", description = "Does the same on the past of a Prometheus server.")
    int backtestPrometheus(
            @Option(names = "--objectives", required = true, description = "The objectives, as YAML.") Path file,
            @Option(names = "--slo", required = true, description = "The name of one of them.") String name,
            @Option(names = "--server", required = true, description = "The server, as http://prometheus:9090.")
                    URI server,
            @Option(names = "--from", required = true, description = "The start.") Instant from,
            @Option(names = "--to", required = true, description = "The end.") Instant to,
            @Option(names = "--zone", defaultValue = "UTC", description = "The zone of days; default ${DEFAULT-VALUE}.")
                    ZoneId zone)
            throws IOException {
        ObjectiveSet set = ObjectiveSet.read(file);
        Objective objective = objective(set, file, name);
        EventHistory history = PrometheusReader.builder(server).build().history(objective, from, to);
        return explained(Backtest.of(objective, counted(set, objective, history), zone));
    }

    @Command(name = "rules", description = "Prints Prometheus rules for objectives.")
    int rules(
            @Option(names = "--objectives", required = true, description = "The objectives, as YAML.") Path file,
            @Option(
                            names = "--naming",
                            defaultValue = "OWN",
                            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
                    Naming naming)
            throws IOException {
        ObjectiveSet set = ObjectiveSet.read(file);
        out().print(naming == Naming.OWN ? PrometheusRules.yaml(set) : PrometheusRules.slothYaml(set));
        out().flush();
        return ExitCodes.PASSED;
    }

    enum Naming {
        OWN,
        SLOTH
    }

    private static EventHistory counted(ObjectiveSet set, Objective objective, EventHistory history) {
        return history.without(Exclusion.of(set.exclusions(), objective.name()));
    }

    private static Objective objective(ObjectiveSet set, Path file, String name) {
        return set.objectives().stream()
                .filter(objective -> objective.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no objective '" + name + "' in " + file + " — it has "
                        + set.objectives().stream().map(Objective::name).toList() + " — pass one of these to --slo"));
    }

    private int explained(Backtest test) {
        OptionalDouble attained = test.attainment();
        out().println(test.objective().name() + ": " + number(test.total().total()) + " events, "
                + number(test.total().bad()) + " bad, "
                + (attained.isPresent() ? String.format(Locale.ROOT, "%.5f attained", attained.getAsDouble()) : ""));
        test.tiers()
                .forEach(tier -> out().println("  " + tier.tier().severity() + " would have fired " + tier.firings()
                        + " times, for " + Durations.format(tier.firingTime())
                        + (tier.firstFirings().isEmpty()
                                ? ""
                                : ", first at " + tier.firstFirings().get(0))));
        out().println("  a target up to " + test.supportedTarget().toPlainString() + " was met, over "
                + test.refutedTarget().toPlainString() + " it was missed, each with 95 % confidence; the target is "
                + test.objective().target());
        double target = test.objective().target().doubleValue();
        if (target <= test.supportedTarget().doubleValue()) {
            return ExitCodes.PASSED;
        }
        return target > test.refutedTarget().doubleValue() ? ExitCodes.FAILED : ExitCodes.UNDECIDED;
    }

    private static String number(double count) {
        return String.format(Locale.ROOT, count == Math.rint(count) ? "%,.0f" : "%,.2f", count);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
