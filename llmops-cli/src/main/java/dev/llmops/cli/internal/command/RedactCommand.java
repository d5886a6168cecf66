package dev.llmops.cli.internal.command;

import dev.llmops.cli.internal.io.ExitCodes;
import dev.llmops.cli.internal.io.LogFiles;
import dev.llmops.redaction.RedactedText;
import dev.llmops.redaction.Redactor;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Redacts texts line by line.
 *
 * @since 0.1.0
 */
@Command(name = "redact", description = "Replaces personal data and secrets in texts and JSON lines, line by line.")
public final class RedactCommand implements Callable<Integer> {

    @Option(names = "--check", description = "Print what was found by type, and fail if anything was.")
    private boolean check;

    @Mixin
    private LogFiles texts = new LogFiles();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line. */
    public RedactCommand() {}

    @Override
    public Integer call() {
        Redactor redactor = Redactor.ofDefaults();
        Map<String, Integer> found = texts.read(lines -> redact(redactor, lines));
        PrintWriter out = spec.commandLine().getOut();
        if (check) {
            found.forEach((type, count) -> out.println(type + " " + count));
        }
        out.flush();
        return check && !found.isEmpty() ? ExitCodes.FAILED : ExitCodes.PASSED;
    }

    private Map<String, Integer> redact(Redactor redactor, Stream<String> lines) {
        Map<String, Integer> found = new TreeMap<>();
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(line -> {
            RedactedText redacted = redactor.redact(line);
            redacted.counts().forEach((type, count) -> found.merge(type, count, Integer::sum));
            if (!check) {
                out.println(redacted.text());
            }
        });
        return found;
    }
}
