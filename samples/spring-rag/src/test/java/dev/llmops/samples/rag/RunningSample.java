package dev.llmops.samples.rag;

import dev.llmops.samples.provider.SampleProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample as its script starts it, on a free port and without a key. */
final class RunningSample implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final SampleProcess process;

    RunningSample(String... arguments) throws IOException {
        process = new SampleProcess(
                STARTED,
                Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    String get(String path) throws Exception {
        return process.get(path);
    }

    JsonNode json(String path) throws Exception {
        return JsonMapper.shared().readTree(get(path));
    }

    int post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(process.uri(path))
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

    /** Returns the value of the one series of a metric that has these labels. */
    double metric(String name, String... labels) throws Exception {
        return process.metric("/actuator/prometheus", name, labels);
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
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
