package dev.llmops.samples.gateway.http;

import dev.llmops.samples.gateway.privacy.Privacy;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** Finds the endpoint of each request and refuses requests that no endpoint serves. */
public final class Router {

    private final List<Route> routes;
    private final HttpMetrics metrics;
    private final Privacy privacy;

    /**
     * Creates a router.
     *
     * @param routes with distinct paths
     */
    public Router(List<Route> routes, HttpMetrics metrics, Privacy privacy) {
        this.routes = List.copyOf(routes);
        this.metrics = metrics;
        this.privacy = privacy;
    }

    public void handle(HttpServerRequest request) {
        if (request.decoderResult().isFailure()) {
            refuseInvalid(request);
        } else {
            route(request);
        }
    }

    /** Refuses the request and closes the connection, since the start of the next request is unknown. */
    private void refuseInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Exchange exchange = new Exchange(request, "other", metrics, privacy);
        exchange.response.putHeader("Connection", "close");
        if (cause instanceof TooLongHttpHeaderException) {
            exchange.refuse(
                    ApiError.invalid(431, "the headers are too long — at most 8192 bytes are allowed — shorten them"));
        } else if (cause instanceof TooLongHttpLineException) {
            exchange.refuse(ApiError.invalid(
                    414, "the request line is too long — at most 4096 bytes are allowed — shorten it"));
        } else {
            exchange.refuse(ApiError.invalid(400, "the request is not valid HTTP — HTTP/1.1 is allowed — correct it"));
        }
    }

    private void route(HttpServerRequest request) {
        String path = request.path() == null ? "" : request.path();
        Optional<Route> route =
                routes.stream().filter(each -> each.matches(path)).findFirst();
        Exchange exchange = new Exchange(request, route.map(Route::path).orElse("other"), metrics, privacy);
        if (route.isEmpty()) {
            exchange.refuse(new ApiError(404, "not_found", "unknown path " + path, null));
        } else if (!route.get().method().equals(request.method())) {
            refuseMethod(exchange, route.get());
        } else if (request.method().equals(HttpMethod.POST)) {
            BodyReader.read(request, route.get().maxBodyBytes())
                    .onSuccess(body -> serve(route.get().endpoint(), exchange, body))
                    .onFailure(exchange::fail);
        } else {
            serve(route.get().endpoint(), exchange, Buffer.buffer());
        }
    }

    private static void refuseMethod(Exchange exchange, Route route) {
        String allowed = route.method().name();
        exchange.response.putHeader("Allow", allowed);
        exchange.refuse(ApiError.invalid(
                405,
                "method " + exchange.request.method() + " is not allowed for " + route.path() + " — use " + allowed));
    }

    private void serve(Endpoint endpoint, Exchange exchange, Buffer body) {
        try {
            endpoint.handle(exchange, body);
        } catch (RuntimeException e) {
            exchange.fail(e);
        }
    }
}
