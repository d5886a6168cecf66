package dev.llmops.cli.internal.command;

import dev.llmops.cli.internal.io.ChatEndpoint;
import dev.llmops.cli.internal.io.ExitCodes;
import dev.llmops.quality.cases.CaseFiles;
import dev.llmops.quality.cases.RegressionCase;
import dev.llmops.quality.cases.RegressionCheck;
import dev.llmops.quality.cases.RegressionRunner;
import dev.llmops.quality.risk.InjectionPhrases;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Asks known cases again.
 *
 * @since 0.1.0
 */
@Command(name = "regression", synopsisSubcommandLabel = "COMMAND", description = "Asks known cases again.")
public final class RegressionCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line. */
    public RegressionCommand() {}

    @Command(name = "run", description = "Asks every case of a set, and fails if an answer is refused or risky.")
    int run(
            @Option(names = "--url", required = true, description = "An OpenAI-compatible endpoint, as http://host/v1.")
                    URI url,
            @Option(names = "--model", required = true, description = "The model.") String model,
            @Option(
                            names = "--key-variable",
                            defaultValue = "LLM_API_KEY",
                            description = "The environment variable with the key; default ${DEFAULT-VALUE}.")
                    String keyVariable,
            @Option(names = "--timeout", defaultValue = "60", description = "Seconds for one answer.") int seconds,
            @Parameters(paramLabel = "CASES", description = "Regression cases, as JSON lines.") Path file)
            throws IOException {
        List<RegressionCase> cases = CaseFiles.read(file);
        ChatEndpoint endpoint = new ChatEndpoint(url, model, System.getenv(keyVariable), Duration.ofSeconds(seconds));
        RegressionRunner runner = new RegressionRunner(
                endpoint::ask, List.of(RegressionCheck.answered(), RegressionCheck.riskFree(new InjectionPhrases())));
        RegressionRunner.SetResult result = runner.run(cases);
        PrintWriter out = spec.commandLine().getOut();
        result.failures().forEach(failed -> out.println(failed.known().id() + " " + failed.failures()));
        out.println((cases.size() - result.failures().size()) + " of " + cases.size() + " passed");
        if (cases.isEmpty()) {
            return ExitCodes.UNDECIDED;
        }
        return result.failures().isEmpty() ? ExitCodes.PASSED : ExitCodes.FAILED;
    }
}
