package dev.llmops.samples.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request of a client and its one answer. Whatever way it ends, the gateway's own metrics hear of it once, and
 * before the client does. Confined to the request's event loop.
 */
final class Exchange {

    /** What the metrics show for a client that left before it was answered. */
    static final int CLIENT_GONE = 499;

    final HttpServerRequest request;
    final HttpServerResponse response;
    final String traceId;
    final String requestId = UUID.randomUUID().toString();

    private final GatewayMetrics metrics;
    private final String route;
    private final long startNanos = System.nanoTime();
    private Runnable onClientGone = () -> {};
    private boolean ended;

    Exchange(HttpServerRequest request, String route, GatewayMetrics metrics) {
        this.request = request;
        this.response = request.response();
        this.route = route;
        this.metrics = metrics;
        traceId = TraceId.of(request.getHeader("x-trace-id"), request.getHeader("traceparent"));
        response.putHeader("x-trace-id", traceId).putHeader("x-request-id", requestId);
        response.exceptionHandler(broken -> clientGone());
        response.closeHandler(closed -> clientGone());
    }

    /** Says what to stop when the client leaves before the end. */
    void onClientGone(Runnable action) {
        onClientGone = action;
    }

    private void clientGone() {
        if (!ended) {
            count(CLIENT_GONE);
            onClientGone.run();
        }
    }

    /** An empty JSON object that names the request. */
    ObjectNode newBody() {
        return JsonMapper.shared().createObjectNode().put("trace_id", traceId).put("request_id", requestId);
    }

    void answer(int status, JsonNode body) {
        answer(status, body.toString());
    }

    void answer(int status, String json) {
        response.setStatusCode(status).putHeader("Content-Type", "application/json");
        end(json);
    }

    void refuse(ApiError error) {
        if (!ended) {
            answer(error.status(), error.writeTo(newBody()));
        }
    }

    void end(String lastPiece) {
        end(Buffer.buffer(lastPiece));
    }

    /** Ends the answer with its last piece. */
    void end(Buffer lastPiece) {
        if (!ended) {
            count(response.getStatusCode());
            response.end(lastPiece);
        }
    }

    private void count(int status) {
        ended = true;
        metrics.requestEnded(request.method().name(), route, status, System.nanoTime() - startNanos);
    }
}
