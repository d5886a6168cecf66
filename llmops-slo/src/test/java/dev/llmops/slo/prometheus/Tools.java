package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the real tools of Prometheus and Alertmanager: those on the path, or of Prometheus those in the folder that the
 * system property {@code llmops.prometheus} names.
 */
final class Tools {

    private static final String PROMETHEUS = System.getProperty("llmops.prometheus", "");

    private Tools() {}

    /** Returns the program of a name: prometheus or promtool. */
    static String ofPrometheus(String program) {
        return PROMETHEUS.isEmpty()
                ? program
                : Path.of(PROMETHEUS).resolve(program).toString();
    }

    /** Has promtool check a rule file. Findings such as rules that stand twice leave its exit status at 0. */
    static String checkRules(Path folder, Path rules) {
        String printed = run(folder, ofPrometheus("promtool"), "check", "rules", rules.toString());
        assertThat(printed).contains("SUCCESS").doesNotContain("FAILED");
        return printed;
    }

    /** Runs a command in a folder and returns what it printed; it must succeed. */
    static String run(Path folder, String... command) {
        Path output = folder.resolve("output-" + System.nanoTime() + ".txt");
        try {
            int status = new ProcessBuilder(List.of(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(status).as("%s%n%s", String.join(" ", command), printed).isZero();
            return printed;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(
                    "cannot run " + command[0] + "; install prometheus and prometheus-alertmanager", e);
        }
    }
}
