package dev.llmops.samples.gateway.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP port that is served by an event loop for each processor. */
public final class HttpService {

    // A negative port stands for a free one that all loops share, and each number for another one; 0 would give each
    // loop its own.
    private static final AtomicInteger ANY_PORT = new AtomicInteger();
    private static final long MILLIS_BETWEEN_SWEEPS = 1_000;

    private final Vertx vertx;
    private final HttpSettings settings;
    private final AtomicInteger openConnections = new AtomicInteger();
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    private HttpService(Vertx vertx, HttpSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    /**
     * Starts listening.
     *
     * @param handler answers every request, also one that is no valid HTTP, as its decoder's result tells
     */
    public static Future<HttpService> start(Vertx vertx, HttpSettings settings, Handler<HttpServerRequest> handler) {
        HttpService service = new HttpService(vertx, settings);
        int port = settings.port();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(port == 0 ? ANY_PORT.decrementAndGet() : port)
                .setHttp2ClearTextEnabled(false)
                // No endpoint speaks WebSocket; its handlers would look at every piece of every answer.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        if (settings.certificate() != null) {
            options.setSsl(true).setKeyCertOptions(settings.certificate());
        }
        DeploymentOptions oneForEachProcessor =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(() -> service.new Loop(options, handler), oneForEachProcessor)
                .map(deployed -> service)
                .recover(cause -> Future.failedFuture(new IOException(
                        "cannot listen on " + settings.host() + ":" + port + " (" + cause.getMessage()
                                + ") — a free port of this machine is needed — pass another --port, or 0 for any free one",
                        cause)));
    }

    public int port() {
        return servers.get(0).actualPort();
    }

    /** Takes no new connections, lets open requests end for as long as the grace lasts, then cuts them off. */
    public Future<Void> shutDown(Duration grace) {
        return Future.join(servers.stream()
                        .map(server -> server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS))
                        .toList())
                .mapEmpty();
    }

    private final class Loop extends VerticleBase {

        private final HttpServerOptions options;
        private final Handler<HttpServerRequest> handler;
        private final Connections connections = new Connections(openConnections, settings.maxConnections());

        Loop(HttpServerOptions options, Handler<HttpServerRequest> handler) {
            this.options = options;
            this.handler = handler;
        }

        @Override
        public Future<?> start() {
            vertx.setPeriodic(MILLIS_BETWEEN_SWEEPS, due -> connections.closeIdle(settings.patience()));
            return HttpService.this
                    .vertx
                    .createHttpServer(options)
                    .connectionHandler(this::opened)
                    .requestHandler(this::handle)
                    .invalidRequestHandler(this::handle)
                    .listen()
                    .onSuccess(servers::add);
        }

        private void opened(HttpConnection connection) {
            StrictRequestDecoder.install(connection, options);
            // A client that resets its connection is no failure: its request ends as one whose client is gone.
            connection.exceptionHandler(broken -> {});
            connections.opened(connection);
        }

        private void handle(HttpServerRequest request) {
            if (Connections.isEnding(request.connection())) {
                return; // Bytes behind a refusal that ends the connection may be the body of what was refused.
            }
            connections.requested(request);
            handler.handle(request);
        }
    }
}
