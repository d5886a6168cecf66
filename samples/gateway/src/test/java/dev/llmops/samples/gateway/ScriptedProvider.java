package dev.llmops.samples.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/** A provider that answers each request as a test says. */
final class ScriptedProvider implements AutoCloseable {

    /** One request that arrived. */
    record Asked(HttpServerRequest request, String body) {}

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private volatile BiConsumer<HttpServerRequest, String> script = (request, body) -> {};

    ScriptedProvider() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    asked.add(new Asked(request, body.toString()));
                    script.accept(request, body.toString());
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    void answers(BiConsumer<HttpServerRequest, String> script) {
        asked.clear();
        this.script = script;
    }

    void answers(int status, String contentType, String body) {
        answers((request, asked) -> request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", contentType)
                .end(body));
    }

    /** Returns the next request that arrived. */
    Asked next() {
        return asked.remove();
    }

    int received() {
        return asked.size();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
