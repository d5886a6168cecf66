package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GatewayMainTest {

    @Test
    void all_wrong_flags_are_reported_together() {
        StringWriter errors = new StringWriter();
        CommandLine commandLine = GatewayMain.commandLine(new GatewayMain()).setErr(new PrintWriter(errors, true));
        int exitCode = commandLine.execute(
                "--port=many", "--traffic=-1", "--budget=all", "--provider-timeout=soon", "--nonsense");
        assertThat(exitCode).isEqualTo(2);
        assertThat(errors.toString())
                .contains(
                        "--port",
                        "many",
                        "--traffic is -1.0 — 0 to 1000.0",
                        "'all' is no budget",
                        "soon",
                        "--nonsense");
    }
}
