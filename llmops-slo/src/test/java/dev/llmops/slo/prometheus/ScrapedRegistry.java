package dev.llmops.slo.prometheus;

import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;

/** A registry with an exporter, and a real Prometheus that scrapes it five times a second, native histograms included. */
final class ScrapedRegistry implements AutoCloseable {

    final PrometheusRegistry registry = new PrometheusRegistry();
    final PrometheusServer server;
    private final HTTPServer exporter;

    ScrapedRegistry(Path folder, String job) throws IOException {
        exporter = HTTPServer.builder()
                .inetAddress(InetAddress.getLoopbackAddress())
                .port(0)
                .registry(registry)
                .buildAndStart();
        server = PrometheusServer.start(folder, folder.resolve("data"), """
                global: {scrape_interval: 200ms, scrape_timeout: 200ms}
                scrape_configs:
                  - job_name: %s
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(job, exporter.getPort()));
    }

    /** Waits until the server knows so many observations of a native histogram. */
    void awaitCount(String histogram, int observations) {
        String counted = "sum(histogram_count(" + histogram + ")) == " + observations;
        await().until(() -> !server.query(counted, Instant.now()).isEmpty());
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
        exporter.close();
    }
}
