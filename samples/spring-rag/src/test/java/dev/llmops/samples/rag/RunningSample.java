package dev.llmops.samples.rag;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample as its script starts it, on a free port and without a key. */
final class RunningSample implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final List<String> output = new ArrayList<>();
    private final CompletableFuture<URI> address = new CompletableFuture<>();

    RunningSample(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("run").toAbsolutePath().toString(), "--server.port=0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("OPENAI_API_KEY");
        builder.environment().put("LLMOPS_BUILT", "yes");
        process = builder.start();
        Thread reader = new Thread(this::read, "sample-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.add(line);
                }
                Matcher started = STARTED.matcher(line);
                if (started.find()) {
                    address.complete(URI.create("http://localhost:" + started.group(1)));
                }
            }
        } catch (IOException e) {
            // The process has ended.
        }
        address.completeExceptionally(new AssertionError(String.join("\n", output())));
    }

    List<String> output() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    String get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    JsonNode json(String path) throws Exception {
        return JsonMapper.shared().readTree(get(path));
    }

    int post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
        return response.statusCode();
    }

    /** Asks a question and reads the whole stream. */
    Answer ask(String question, String user) throws Exception {
        return Answer.of(get("/ask?user=" + user + "&question=" + question.replace(' ', '+')));
    }

    private URI uri(String path) throws Exception {
        return address.get(10, TimeUnit.MINUTES).resolve(path);
    }

    /** Returns the value of the one series of a metric that has these labels. */
    double metric(String name, String... labels) throws Exception {
        List<String> series = get("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .toList();
        if (series.size() != 1) {
            throw new AssertionError(String.format(
                    Locale.ROOT, "%d series of %s with %s: %s", series.size(), name, List.of(labels), series));
        }
        return Double.parseDouble(series.get(0).substring(series.get(0).lastIndexOf(' ') + 1));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** The events of an answer, in order. */
    record Answer(List<Event> events) {

        record Event(String name, JsonNode data) {}

        static Answer of(String stream) {
            List<Event> events = new ArrayList<>();
            for (String frame : stream.strip().split("\n\n")) {
                String[] lines = frame.split("\n", 2);
                events.add(new Event(
                        lines[0].substring("event:".length()),
                        JsonMapper.shared().readTree(lines[1].substring("data:".length()))));
            }
            return new Answer(events);
        }

        List<String> names() {
            return events.stream().map(Event::name).distinct().toList();
        }

        List<String> tokens() {
            return events.stream()
                    .filter(event -> event.name().equals("token"))
                    .map(event -> event.data().path("text").asString())
                    .toList();
        }

        String text() {
            return tokens().stream().collect(Collectors.joining());
        }

        JsonNode only(String name) {
            return events.stream()
                    .filter(event -> event.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .data();
        }

        String requestId() {
            return only("done").path("requestId").asString();
        }
    }
}
