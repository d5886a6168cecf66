package consumer;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.response.ObservedHttp;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.metrics.GoldenSignals;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The plain Java section of docs/quickstart.md. */
final class Quickstart {

    private Quickstart() {}

    static HttpServer run(String provider, String apiKey, int port) throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        LlmOps llmops = LlmOps.builder().listener(GoldenSignals.on(registry)).build();

        HttpServer metrics = HttpServer.create(new InetSocketAddress(port), 0);
        metrics.createContext("/metrics", exchange -> {
            byte[] page = registry.scrape().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        metrics.start();

        HttpRequest request = HttpRequest.newBuilder(URI.create(provider + "/chat/completions"))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"model": "gpt-4o", "stream": true, "stream_options": {"include_usage": true},
                         "messages": [{"role": "user", "content": "How is the weather?"}]}
                        """))
                .build();
        HttpResponse<Stream<String>> answer = ObservedHttp.send(
                HttpClient.newHttpClient(),
                request,
                BodyHandlers.ofLines(),
                llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true),
                ResponseReaders.of(llmops.telemetry()));
        answer.body().forEach(System.out::println);
        return metrics;
    }
}
