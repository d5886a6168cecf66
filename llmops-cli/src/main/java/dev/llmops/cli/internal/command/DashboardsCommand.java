package dev.llmops.cli.internal.command;

import dev.llmops.cli.internal.io.ExitCodes;
import dev.llmops.metrics.instrument.Profile;
import dev.llmops.report.dashboard.Dashboards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Writes dashboards for the metrics of a profile.
 *
 * @since 0.1.0
 */
@Command(name = "dashboards", description = "Writes Grafana dashboards, recording rules and autoscaling examples.")
public final class DashboardsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--profile",
            defaultValue = "LLM",
            description = "The names of the metrics: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Profile profile = Profile.LLM;

    @Option(
            names = "--currency",
            defaultValue = "USD",
            description = "The currency of the cost metric; default ${DEFAULT-VALUE}.")
    private String currency = "USD";

    @Option(names = "--out", required = true, description = "The folder to write to.")
    private Path out = Path.of("");

    /** Made by the command line. */
    public DashboardsCommand() {}

    @Override
    public Integer call() throws IOException {
        Dashboards dashboards = Dashboards.of(profile, currency);
        dashboards.writeTo(out);
        dashboards.files().keySet().forEach(name -> spec.commandLine().getOut().println(out.resolve(name)));
        return ExitCodes.PASSED;
    }
}
