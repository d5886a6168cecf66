package dev.llmops.samples.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/** Stands between two gateways and adds a script for the mock provider, which the outer gateway does not pass on. */
final class ScriptingProxy implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final URI target;
    private final HttpServer server;
    private volatile String script = "";

    ScriptingProxy(URI target) {
        this.target = target;
        server = vertx.createHttpServer()
                .requestHandler(this::forward)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    void script(String script) {
        this.script = script;
    }

    private void forward(HttpServerRequest request) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setAbsoluteURI(target.resolve(request.uri()).toString());
        request.headers().remove("Host").forEach(options::addHeader);
        options.putHeader("x-mock", script);
        request.body()
                .compose(body -> client.request(options).compose(sent -> {
                    request.response().closeHandler(left -> sent.reset());
                    return sent.send(body);
                }))
                .onSuccess(answer -> {
                    request.response().setStatusCode(answer.statusCode()).setChunked(true);
                    answer.headers().remove("Content-Length").forEach(request.response()::putHeader);
                    answer.pipeTo(request.response())
                            .onFailure(broken -> request.connection().close());
                });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
