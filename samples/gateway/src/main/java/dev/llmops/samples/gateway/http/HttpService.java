package dev.llmops.samples.gateway.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One HTTP port that is served by an event loop for each processor. */
public final class HttpService {

    // A negative port stands for a free one that all loops share, and each number for another one; 0 would give each
    // loop its own.
    private static final AtomicInteger ANY_PORT = new AtomicInteger();

    private final Vertx vertx;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    private HttpService(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Starts listening.
     *
     * @param port 0 picks a free one
     * @param handler answers every request, also one that is no valid HTTP, as its decoder's result tells
     */
    public static Future<HttpService> start(Vertx vertx, String host, int port, Handler<HttpServerRequest> handler) {
        HttpService service = new HttpService(vertx);
        HttpServerOptions options =
                new HttpServerOptions().setHost(host).setPort(port == 0 ? ANY_PORT.decrementAndGet() : port);
        DeploymentOptions oneForEachProcessor =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(() -> service.new Loop(options, handler), oneForEachProcessor)
                .map(deployed -> service)
                .recover(cause -> Future.failedFuture(new IOException(
                        "cannot listen on " + host + ":" + port + " (" + cause.getMessage()
                                + "); pass another --port, or 0 for any free one",
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

        Loop(HttpServerOptions options, Handler<HttpServerRequest> handler) {
            this.options = options;
            this.handler = handler;
        }

        @Override
        public Future<?> start() {
            return HttpService.this
                    .vertx
                    .createHttpServer(options)
                    .requestHandler(handler)
                    .invalidRequestHandler(handler)
                    .listen()
                    .onSuccess(servers::add);
        }
    }
}
