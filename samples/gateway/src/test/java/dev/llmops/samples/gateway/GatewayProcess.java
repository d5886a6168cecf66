package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The runnable jar as a process of its own. */
final class GatewayProcess implements AutoCloseable {

    /** The exit status after a SIGTERM. */
    static final int SIGTERM = 143;

    private static final String LISTENING = "listening on ";

    private final Process process;
    private final BufferedReader output;
    private final URI address;

    private GatewayProcess(Process process) throws IOException {
        this.process = process;
        output = process.inputReader();
        String first = output.readLine();
        assertThat(first).startsWith(LISTENING + "http://127.0.0.1:");
        address = URI.create(first.substring(LISTENING.length()));
    }

    static GatewayProcess start(String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                new File("target/gateway.jar").getAbsolutePath()));
        Stream.of(flags).forEach(command::add);
        return new GatewayProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    URI address() {
        return address;
    }

    /** Sends SIGTERM and returns the lines that were logged until the process ended. */
    List<String> terminate() throws InterruptedException {
        process.toHandle().destroy(); // unlike Process.destroy, leaves the output to be read
        List<String> log = output.lines().toList();
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(SIGTERM);
        return log;
    }

    /** Kills the process, and returns once it is gone and its locks with it. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
