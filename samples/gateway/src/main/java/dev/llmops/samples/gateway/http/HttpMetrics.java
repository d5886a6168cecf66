package dev.llmops.samples.gateway.http;

import dev.llmops.core.TraceIds;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The gateway's own traffic, beside that of the models behind it. */
public final class HttpMetrics {

    // A method can be any word a client makes up; these keep their name.
    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT");

    /** OpenMetrics allows that much for names and values of an exemplar's labels together. */
    private static final int MAX_EXEMPLAR_LENGTH = 128;

    private final Counter requests;
    private final Histogram latency;

    public HttpMetrics(PrometheusRegistry registry) {
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

    /**
     * @param traceId the trace of the call that the request asked for, to be found from here; null when it was none
     */
    void requestEnded(String method, String route, int status, long nanos, @Nullable String traceId) {
        String[] labels = {METHODS.contains(method) ? method : "other", route, String.valueOf(status)};
        Labels exemplar = traceId == null ? Labels.EMPTY : Labels.of(Exemplar.TRACE_ID, fitting(traceId));
        requests.labelValues(labels).incWithExemplar(exemplar);
        latency.labelValues(labels).observeWithExemplar(nanos / 1e9, exemplar);
    }

    private static String fitting(String traceId) {
        boolean fits = Exemplar.TRACE_ID.length() + traceId.length() <= MAX_EXEMPLAR_LENGTH;
        return fits ? traceId : TraceIds.toW3c(traceId);
    }
}
