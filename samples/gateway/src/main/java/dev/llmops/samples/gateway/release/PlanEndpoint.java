package dev.llmops.samples.gateway.release;

import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** {@code GET /gate/plan}: what a release can decide with the traffic that is there, and after how many requests. */
public final class PlanEndpoint implements Endpoint {

    private final Vertx vertx;
    private final Releases releases;

    /** Creates the endpoint. */
    public PlanEndpoint(Vertx vertx, Releases releases) {
        this.vertx = vertx;
        this.releases = releases;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        vertx.executeBlocking(releases::planJson, false)
                .onSuccess(json -> exchange.answer(200, json))
                .onFailure(exchange::fail);
    }
}
