package dev.llmops.cli;

import dev.llmops.cli.internal.command.DashboardsCommand;
import dev.llmops.cli.internal.command.DriftCommand;
import dev.llmops.cli.internal.command.GateCommand;
import dev.llmops.cli.internal.command.PriceCommand;
import dev.llmops.cli.internal.command.RedactCommand;
import dev.llmops.cli.internal.command.RegressionCommand;
import dev.llmops.cli.internal.command.ReportCommand;
import dev.llmops.cli.internal.command.SloCommand;
import dev.llmops.cli.internal.io.ExitCodes;
import dev.llmops.cli.internal.io.Failures;
import dev.llmops.cli.internal.io.OptionTypes;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ScopeType;

/**
 * The command line of the library.
 *
 * @since 0.1.0
 */
@Command(
        name = "llmops",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        description = "Observes, gates, prices and redacts calls of language models.",
        subcommands = {
            ReportCommand.class,
            GateCommand.class,
            SloCommand.class,
            PriceCommand.class,
            RedactCommand.class,
            DriftCommand.class,
            RegressionCommand.class,
            DashboardsCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 passed, 1 the check failed, 2 wrong usage or unreadable input, 3 undecided.",
            "Files of JSON lines may be gzipped; - reads standard input."
        })
public final class Llmops {

    private Llmops() {}

    /**
     * Runs a command and exits with its code.
     *
     * @param arguments the command with its options
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return OptionTypes.addTo(new CommandLine(new Llmops()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    Throwable cause = failure instanceof ExecutionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
                    command.getErr().println("llmops: " + Failures.message(cause));
                    return ExitCodes.USAGE;
                });
    }
}
