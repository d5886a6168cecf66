package dev.llmops.samples.gateway.views;

import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code GET /metrics} in the format that the scraper accepts: text, OpenMetrics or protobuf. */
public final class MetricsEndpoint implements Endpoint {

    private final Vertx vertx;
    private final PrometheusRegistry registry;
    private final ExpositionFormats formats = ExpositionFormats.init();

    public MetricsEndpoint(Vertx vertx, PrometheusRegistry registry) {
        this.vertx = vertx;
        this.registry = registry;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        ExpositionFormatWriter writer = formats.findWriter(exchange.request.getHeader("Accept"));
        // A large registry takes milliseconds to write, which open streams must not notice.
        vertx.executeBlocking(() -> write(writer), false)
                .onSuccess(page -> {
                    exchange.response.putHeader("Content-Type", writer.getContentType());
                    exchange.end(page);
                })
                .onFailure(failure ->
                        exchange.refuse(new ApiError(500, "internal", "the metrics could not be written", null)));
    }

    private Buffer write(ExpositionFormatWriter writer) {
        ByteArrayOutputStream page = new ByteArrayOutputStream(1 << 16);
        try {
            writer.write(page, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(page.toByteArray());
    }
}
