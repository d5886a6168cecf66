package dev.llmops.endings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.core.LlmOps;
import dev.llmops.metrics.GoldenSignals;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** An {@link LlmOps} whose metrics Prometheus can scrape, as a quickstart has it before its stack's own lines. */
public final class ScrapeEndpoint implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LlmOps llmops =
            LlmOps.builder().listener(GoldenSignals.on(registry)).build();
    private final HttpServer server;

    private ScrapeEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] page = registry.scrape().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
    }

    /** Starts an endpoint on a free loopback port. */
    public static ScrapeEndpoint start() {
        try {
            return new ScrapeEndpoint();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what the stack's wrapper gets. */
    public LlmOps llmops() {
        return llmops;
    }

    /** Scrapes, and demands one first token of a model and the tokens of its answer. */
    public void assertFirstSeries(String model) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
        String page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
        assertThat(page)
                .containsPattern("llm_time_to_first_token_seconds_count\\{[^}]*model=\"" + model + "\"[^}]*\\} 1\\b")
                .containsPattern("llm_requests_total\\{[^}]*status=\"success\"[^}]*\\} 1\\.0");
    }

    @Override
    public void close() {
        server.stop(0);
        llmops.close();
        registry.close();
    }
}
