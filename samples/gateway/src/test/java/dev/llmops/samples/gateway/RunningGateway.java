package dev.llmops.samples.gateway;

import dev.llmops.cost.budget.Budget;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway on a free port, as its clients see it. */
final class RunningGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    static {
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    final Gateway gateway;
    private boolean closed;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RunningGateway(GatewayOptions options) {
        this(options, Clock.systemUTC());
    }

    RunningGateway(GatewayOptions options, Clock clock) {
        this(Gateway.start(
                options, new GatewayEnvironment(Map.of(), clock, OutputStream.nullOutputStream(), List.of())));
    }

    RunningGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    static RunningGateway inFrontOfMock() {
        return new RunningGateway(new GatewayOptions());
    }

    static RunningGateway inFrontOf(URI baseUrl) {
        GatewayOptions options = new GatewayOptions();
        options.provider = GatewayOptions.Provider.openai;
        options.baseUrl = baseUrl;
        return new RunningGateway(options);
    }

    /** Budgets as the flag {@code --budget} gives them. */
    static List<Budget> budgets(String... flags) {
        BudgetConverter converter = new BudgetConverter();
        return Stream.of(flags).map(converter::convert).toList();
    }

    HttpClient client() {
        return client;
    }

    URI address() {
        return gateway.address();
    }

    /** Posts to {@code /chat} with a script for the mock provider. */
    HttpResponse<String> chat(String script, String body) {
        return post("/chat", body, "x-mock", script);
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address().resolve(path)).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@code /slo} says of one objective. */
    JsonNode objective(String name) {
        return json(get("/slo")).path("objectives").values().stream()
                .filter(objective -> objective.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Scrape scrape() {
        return Scrape.of(get("/metrics").body());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** The data of each event of a stream. */
    static List<String> events(HttpResponse<String> response) {
        return response.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            gateway.close();
        }
    }
}
