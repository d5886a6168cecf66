package dev.llmops.samples.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.samples.provider.KeylessProvider;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Serves the agent, its figures on a page, and its metrics for Prometheus. */
final class AgentServer implements AutoCloseable {

    private static final int DEFAULT_PORT = 8081;
    private static final BigDecimal DAILY_BUDGET = new BigDecimal("0.50");
    private static final Duration PACE = Duration.ofMillis(5);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final @Nullable KeylessProvider provider;
    private final SloEngine slo;
    private final Agent agent;
    private final HttpServer server;

    /**
     * Starts a server.
     *
     * @param port the port, or 0 for a free one
     * @param apiKey the key of OpenAI, or null for a provider without a key
     */
    AgentServer(int port, @Nullable String apiKey) throws IOException {
        provider = apiKey == null ? KeylessProvider.start(PACE) : null;
        String baseUrl = provider == null
                ? "https://api.openai.com/v1"
                : provider.address().toString();
        slo = SloEngine.builder()
                .objectives(ObjectiveSet.parse(resource("/objectives.yml")))
                .build();
        agent = new Agent(
                baseUrl, Objects.requireNonNullElse(apiKey, "none"), DAILY_BUDGET, GoldenSignals.on(registry), slo);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::page);
        server.createContext("/ask", this::ask);
        server.createContext(
                "/metrics", exchange -> send(exchange, 200, "text/plain; version=0.0.4", registry.scrape()));
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void ask(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        try {
            String answer = agent.ask(query.getOrDefault("user", "guest"), query.getOrDefault("question", ""));
            send(exchange, 200, "text/plain", answer);
        } catch (BudgetRefusedException e) {
            send(exchange, 429, "text/plain", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            send(
                    exchange,
                    502,
                    "text/plain",
                    "the model did not answer: " + e.getClass().getSimpleName());
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        String user = query(exchange).getOrDefault("user", "guest");
        String objectives = slo.statuses().stream()
                .map(status -> "<li>" + escape(status.toString()) + "</li>")
                .collect(Collectors.joining("\n"));
        BigDecimal spent = Objects.requireNonNullElse(agent.budget(user).spent(), BigDecimal.ZERO);
        String page = resource("/page.html")
                .formatted(escape(user), objectives, spent.toPlainString(), DAILY_BUDGET.toPlainString());
        send(exchange, 200, "text/html", page);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(AgentServer.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (first, second) -> second));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", type + "; charset=utf-8");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        agent.close();
        slo.close();
        if (provider != null) {
            provider.close();
        }
    }

    public static void main(String[] arguments) throws IOException {
        int port = arguments.length == 0 ? DEFAULT_PORT : Integer.parseInt(arguments[0]);
        AgentServer server = new AgentServer(port, System.getenv("OPENAI_API_KEY"));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        System.out.println("listening on " + server.address());
    }
}
