package dev.llmops.benchmarks.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server in a virtual machine of its own, which prints its address when it is ready and its log after that. */
final class ServerProcess implements AutoCloseable {

    private static final String LISTENING = "listening on ";

    private final Process process;
    private final URI address;

    private ServerProcess(Process process, BufferedReader output) throws IOException {
        this.process = process;
        @Nullable String line = output.readLine();
        while (line != null && !line.startsWith(LISTENING)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the server ended before it was ready");
        }
        address = URI.create(line.substring(LISTENING.length()));
        Thread reader = new Thread(() -> discard(output), "log of " + address);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one with Java's options and arguments; all servers have the same heap and collector. */
    static ServerProcess start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        // As in ./demo; see docs/decisions/gateway.md#what-a-call-leaves-is-old-at-once.
        command.add("-XX:MaxTenuringThreshold=1");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new ServerProcess(process, process.inputReader());
    }

    private static void discard(BufferedReader output) {
        try (output) {
            while (output.readLine() != null) {
                // a full pipe would stop the server
            }
        } catch (IOException e) {
            System.err.println("the log of a server broke off: " + e);
        }
    }

    URI address() {
        return address;
    }

    /** Returns the time of processors that it has taken so far. */
    Duration cpuTime() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
