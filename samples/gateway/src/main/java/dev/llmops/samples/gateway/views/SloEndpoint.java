package dev.llmops.samples.gateway.views;

import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.slo.prometheus.PrometheusReader;
import dev.llmops.slo.status.StatusJson;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /slo}: the objectives, of the fleet where a Prometheus knows it, with this instance below. */
public final class SloEndpoint implements Endpoint {

    private final Vertx vertx;
    private final SloService slo;
    private final Clock clock;
    private final @Nullable PrometheusReader fleet;

    /**
     * Creates the endpoint.
     *
     * @param prometheus scrapes the whole fleet; null answers for this instance alone
     */
    public SloEndpoint(Vertx vertx, SloService slo, @Nullable URI prometheus, Clock clock) {
        this.vertx = vertx;
        this.slo = slo;
        this.clock = clock;
        fleet = prometheus == null ? null : PrometheusReader.builder(prometheus).build();
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        PrometheusReader reader = fleet;
        if (reader == null) {
            exchange.answer(200, slo.json());
        } else {
            vertx.executeBlocking(() -> ofFleet(reader), false)
                    .onSuccess(json -> exchange.answer(200, json))
                    .onFailure(failure -> exchange.refuse(new ApiError(
                            503,
                            "dependency_failed",
                            "Prometheus does not answer (" + failure.getMessage()
                                    + ") — it knows the fleet — GET /metrics shows this instance",
                            null)));
        }
    }

    private ObjectNode ofFleet(PrometheusReader reader) throws Exception {
        Instant now = clock.instant();
        String json = StatusJson.write(reader.readAll(slo.engine().objectives(), now));
        ObjectNode answer = (ObjectNode) JsonMapper.shared().readTree(json);
        answer.set("instance", JsonMapper.shared().readTree(slo.json()));
        return answer;
    }
}
