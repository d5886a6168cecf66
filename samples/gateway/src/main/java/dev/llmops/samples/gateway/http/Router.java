package dev.llmops.samples.gateway.http;

import dev.llmops.samples.gateway.privacy.Privacy;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the endpoint of each request and refuses requests that no endpoint serves. */
public final class Router {

    private static final String CHUNKED = "chunked";
    private static final Pattern JSON = Pattern.compile("application/json(\\s*;.*)?", Pattern.CASE_INSENSITIVE);

    private final Vertx vertx;
    private final MemoryBudget memory;
    private final List<Route> routes;
    private final Access access;
    private final HttpMetrics metrics;
    private final Privacy privacy;

    /**
     * Creates a router.
     *
     * @param routes with distinct paths
     */
    public Router(
            Vertx vertx, MemoryBudget memory, List<Route> routes, Access access, HttpMetrics metrics, Privacy privacy) {
        this.routes = List.copyOf(routes);
        this.vertx = vertx;
        this.memory = memory;
        this.access = access;
        this.metrics = metrics;
        this.privacy = privacy;
    }

    public void handle(HttpServerRequest request) {
        if (request.decoderResult().isFailure()) {
            refuseInvalid(request);
        } else if (request.version() == HttpVersion.HTTP_1_1
                && request.headers().getAll("Host").size() != 1) {
            new Exchange(vertx, request, "other", metrics, privacy, memory)
                    .refuseInvalid(
                            400,
                            "not one Host",
                            "the header Host is missing or repeated — one is allowed — send the name that was called");
        } else if (hasUnknownCoding(request)) {
            new Exchange(vertx, request, "other", metrics, privacy, memory)
                    .refuseInvalid(
                            501,
                            "an unknown transfer coding",
                            "the transfer coding is unknown — chunked is allowed — send the body chunked, or with its length");
        } else {
            route(request);
        }
    }

    private static boolean hasBrokenQuery(HttpServerRequest request) {
        try {
            request.params();
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** Returns false for the types that a form of any web page can send without asking. */
    private static boolean isJson(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null && JSON.matcher(type.strip()).matches();
    }

    private static boolean hasUnknownCoding(HttpServerRequest request) {
        return request.headers().getAll("Transfer-Encoding").stream()
                .anyMatch(coding -> !coding.strip().equalsIgnoreCase(CHUNKED));
    }

    private void refuseInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Exchange exchange = new Exchange(vertx, request, "other", metrics, privacy, memory);
        if (cause instanceof TooLongHttpHeaderException) {
            exchange.refuseInvalid(
                    431,
                    "headers that are too long",
                    "the headers are too long — at most 8192 bytes are allowed — shorten them");
        } else if (cause instanceof TooLongHttpLineException) {
            exchange.refuseInvalid(
                    414,
                    "a request line that is too long",
                    "the request line is too long — at most 4096 bytes are allowed — shorten it");
        } else if (cause instanceof StrictRequestDecoder.UnknownVersion) {
            exchange.refuseInvalid(
                    505,
                    "a version that is not served",
                    "the version of HTTP is not served here — HTTP/1.1 is allowed — send HTTP/1.1");
        } else {
            exchange.refuseInvalid(
                    400,
                    "a broken head",
                    "the request is not valid HTTP — HTTP/1.1 without folded header lines is allowed — correct it");
        }
    }

    private void route(HttpServerRequest request) {
        String path = request.path() == null ? "" : request.path();
        Optional<Route> route =
                routes.stream().filter(each -> each.matches(path)).findFirst();
        Exchange exchange =
                new Exchange(vertx, request, route.map(Route::path).orElse("other"), metrics, privacy, memory);
        try {
            exchange.identify(
                    access.admit(request, route.map(Route::roles).orElseGet(() -> EnumSet.allOf(Role.class))));
        } catch (ApiError.Refusal refused) {
            // A body that is not read would hold the connection.
            exchange.closeAfterAnswer();
            exchange.refuse(refused.error());
            return;
        }
        if (hasBrokenQuery(request)) {
            exchange.closeAfterAnswer();
            exchange.refuse(ApiError.invalid(
                    400, "the query cannot be read — %XX of two hexadecimal digits is allowed — correct it"));
        } else if (route.isEmpty()) {
            exchange.refuse(new ApiError(
                    404, "not_found", "path " + path + " is unknown — GET / lists all — correct it", null));
        } else if (!route.get().method().equals(request.method())) {
            refuseMethod(exchange, route.get());
        } else if (request.method().equals(HttpMethod.POST) && !isJson(request)) {
            exchange.closeAfterAnswer();
            exchange.refuse(ApiError.invalid(
                    415,
                    "Content-Type is " + request.getHeader("Content-Type")
                            + " — application/json is allowed — send Content-Type: application/json"));
        } else if (request.method().equals(HttpMethod.POST)) {
            BodyReader.read(vertx, exchange, route.get().maxBodyBytes(), BodyReader.PATIENCE)
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
