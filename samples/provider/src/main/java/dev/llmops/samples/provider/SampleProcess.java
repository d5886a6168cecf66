package dev.llmops.samples.provider;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sample as its script starts it, without a key; for the tests of the samples. */
public final class SampleProcess implements AutoCloseable {

    /** The beginning of the line in which the launcher says that it has read {@code JDK_JAVA_OPTIONS}. */
    private static final String OPTIONS_NOTE = "NOTE: Picked up JDK_JAVA_OPTIONS";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Pattern listening;
    private final List<String> output = new ArrayList<>();
    private final CompletableFuture<URI> address = new CompletableFuture<>();

    /**
     * Starts the script {@code run} of the working directory.
     *
     * @param listening finds the port in the output, as its first group
     * @param arguments those of the script
     * @throws IOException if the script cannot be started
     */
    public SampleProcess(Pattern listening, String... arguments) throws IOException {
        this.listening = listening;
        List<String> command =
                new ArrayList<>(List.of(Path.of("run").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("OPENAI_API_KEY");
        builder.environment().put("LLMOPS_BUILT", "yes");
        // It lives for seconds, in which a better compiler costs more than it gives.
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        process = builder.start();
        Thread reader = new Thread(this::read, "sample-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(OPTIONS_NOTE)) {
                    continue;
                }
                synchronized (output) {
                    output.add(line);
                }
                Matcher started = listening.matcher(line);
                if (started.find()) {
                    address.complete(URI.create("http://localhost:" + started.group(1)));
                }
            }
        } catch (IOException e) {
            // The process has ended.
        }
        address.completeExceptionally(new AssertionError(String.join("\n", output())));
    }

    /**
     * Returns what the sample has printed so far.
     *
     * @return its lines
     */
    public List<String> output() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    /**
     * Waits until the sample listens.
     *
     * @param path a path, with its query
     * @return the address of the path
     * @throws Exception if the sample does not start
     */
    public URI uri(String path) throws Exception {
        return address.get(2, TimeUnit.MINUTES).resolve(path);
    }

    /**
     * Reads a page.
     *
     * @param path its path, with its query
     * @return its body
     * @throws Exception if there is no response
     */
    public String get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    /**
     * Reads the value of the one series of a metric that has these labels.
     *
     * @param page the path of the page of metrics
     * @param name the metric
     * @param labels parts of its labels
     * @return the value
     * @throws Exception if there is no page
     * @throws AssertionError unless one series fits
     */
    public double metric(String page, String name, String... labels) throws Exception {
        List<String> series = get(page)
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .toList();
        if (series.size() != 1) {
            throw new AssertionError(String.format(
                    Locale.ROOT, "%d series of %s with %s: %s", series.size(), name, List.of(labels), series));
        }
        return Double.parseDouble(series.get(0).split("} ", 2)[1].split(" ", 2)[0]);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
