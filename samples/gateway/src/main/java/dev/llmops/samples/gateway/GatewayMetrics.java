package dev.llmops.samples.gateway;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Set;

/** The gateway's own traffic, beside that of the models behind it. */
final class GatewayMetrics {

    // A method can be any word a client makes up; these keep their name.
    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT");

    private final Counter requests;
    private final Histogram latency;

    GatewayMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("gateway_requests_total")
                .help("Requests to the gateway by their HTTP status; 499 when the client left before its answer.")
                .labelNames("method", "path", "status")
                .register(registry);
        latency = Histogram.builder()
                .name("gateway_requests_latency_seconds")
                .help("Time from a request's arrival at the gateway to the end of its answer.")
                .unit(Unit.SECONDS)
                .labelNames("method", "path", "status")
                .classicUpperBounds(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60)
                .register(registry);
    }

    void requestEnded(String method, String route, int status, long nanos) {
        String[] labels = {METHODS.contains(method) ? method : "other", route, String.valueOf(status)};
        requests.labelValues(labels).inc();
        latency.labelValues(labels).observe(nanos / 1e9);
    }
}
