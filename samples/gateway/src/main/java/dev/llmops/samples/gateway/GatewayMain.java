package dev.llmops.samples.gateway;

import dev.llmops.samples.gateway.views.SloService;
import dev.llmops.slo.prometheus.ClassicAlerts;
import dev.llmops.slo.prometheus.PrometheusRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description = "An OpenAI-compatible gateway that measures every call it passes on.")
final class GatewayMain implements Callable<Integer> {

    @Mixin
    private final GatewayOptions options = new GatewayOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private boolean running;

    public static void main(String[] arguments) {
        // Scripts put their defaults first; what comes later on the command line holds, without a warning.
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
        GatewayMain main = new GatewayMain();
        int exitCode = commandLine(main).execute(arguments);
        if (!main.running) {
            System.exit(exitCode);
        }
    }

    static CommandLine commandLine(GatewayMain main) {
        CommandLine commandLine = new CommandLine(main).setOverwrittenOptionsAllowed(true);
        // All wrong flags are reported together, also those that cannot be read.
        commandLine.getCommandSpec().parser().collectErrors(true);
        return commandLine;
    }

    /** Starts the gateway, which runs on its event loops until a signal arrives. */
    @Override
    public Integer call() {
        List<String> problems = new ArrayList<>();
        spec.commandLine().getParseResult().errors().forEach(error -> problems.add(String.valueOf(error.getMessage())));
        problems.addAll(options.problems(System.getenv()));
        if (!problems.isEmpty()) {
            problems.forEach(spec.commandLine().getErr()::println);
            return ExitCode.USAGE;
        }
        if (options.printRules) {
            System.out.print(PrometheusRules.yaml(SloService.objectives()));
            return ExitCode.OK;
        }
        if (options.printClassicAlerts) {
            System.out.print(ClassicAlerts.yaml());
            return ExitCode.OK;
        }
        Gateway gateway;
        try {
            gateway = Gateway.start(options, GatewayEnvironment.ofProcess());
        } catch (IllegalStateException e) {
            System.err.println("the gateway cannot start: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
        running = true;
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "gateway-shutdown"));
        return ExitCode.OK;
    }
}
