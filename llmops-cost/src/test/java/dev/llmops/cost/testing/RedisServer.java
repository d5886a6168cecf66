package dev.llmops.cost.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A real redis-server on a free loopback port. */
public final class RedisServer implements AutoCloseable {

    private final int port;
    private final List<String> memory;
    private Process process;

    private RedisServer(List<String> memory) throws IOException {
        this.port = LoopbackPort.free();
        this.memory = memory;
        start();
    }

    public static RedisServer onFreePort() throws IOException {
        return new RedisServer(List.of("--appendonly", "no"));
    }

    /** A server that has each answered change on its disk, and so keeps its memory over {@link #stop()}. */
    public static RedisServer thatRemembers(Path directory) throws IOException {
        return new RedisServer(
                List.of("--appendonly", "yes", "--appendfsync", "always", "--dir", directory.toString()));
    }

    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    public void start() throws IOException {
        try {
            List<String> command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--save", ""));
            command.addAll(List.of("--port", Integer.toString(port)));
            command.addAll(memory);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("these tests need the Debian package redis-server", e);
        }
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    /** How many scripts the server has run since it was started. */
    public long scriptsRun() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("INFO commandstats\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            String stats = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Pattern.compile("cmdstat_eval(?:sha)?:calls=(\\d+)")
                    .matcher(stats)
                    .results()
                    .mapToLong(match -> Long.parseLong(match.group(1)))
                    .sum();
        }
    }

    /** The time that the server has had on a processor. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** The server takes no command for this time, and then all that came meanwhile. */
    public void pause(Duration time) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String command = "CLIENT PAUSE " + time.toMillis() + " ALL\r\n";
            socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() != '+') {
                throw new IOException("redis-server refused to pause");
            }
        }
    }

    /** The server keeps its connections and answers nothing. */
    public void freeze() throws Exception {
        signal("STOP");
    }

    public void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    public void stop() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
