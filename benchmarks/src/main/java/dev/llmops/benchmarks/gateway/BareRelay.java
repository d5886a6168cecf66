package dev.llmops.benchmarks.gateway;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/** A relay that passes requests and answers on as they come, and looks at nothing. */
final class BareRelay extends VerticleBase {

    private static final int MAX_CONNECTIONS = 10_000;

    private final HttpClientAgent client;
    private final HttpServerOptions server;
    private final String provider;

    private BareRelay(HttpClientAgent client, HttpServerOptions server, String provider) {
        this.client = client;
        this.server = server;
        this.provider = provider;
    }

    /**
     * Starts a process that relays on an event loop for each processor, as the gateway does, and prints its address.
     *
     * @param args the provider's address
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        PoolOptions connections = new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS);
        // A negative port stands for a free one that all loops share.
        HttpServerOptions server = new HttpServerOptions().setHost("127.0.0.1").setPort(-1);
        vertx.deployVerticle(
                        // A client for each loop, as the gateway has.
                        () -> new BareRelay(vertx.createHttpClient(connections), server, args[0]),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .onFailure(cause -> System.out.println("cannot start: " + cause));
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(server)
                .requestHandler(this::relay)
                .listen()
                .onSuccess(ready -> System.out.println("listening on http://127.0.0.1:" + ready.actualPort()));
    }

    private void relay(HttpServerRequest request) {
        request.body()
                .compose(body -> client.request(new RequestOptions()
                                .setMethod(HttpMethod.POST)
                                .setAbsoluteURI(provider + request.uri()))
                        .compose(connected -> send(connected, request, body)))
                .onFailure(cause -> request.response().setStatusCode(502).end(String.valueOf(cause)));
    }

    private static Future<Void> send(HttpClientRequest connected, HttpServerRequest request, Buffer body) {
        connected.putHeader("Content-Type", request.getHeader("Content-Type"));
        return connected.send(body).compose(answer -> {
            request.response()
                    .setStatusCode(answer.statusCode())
                    .setChunked(true)
                    .putHeader("Content-Type", answer.getHeader("Content-Type"));
            return answer.pipeTo(request.response());
        });
    }
}
