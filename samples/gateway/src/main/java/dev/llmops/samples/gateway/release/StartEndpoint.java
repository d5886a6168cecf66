package dev.llmops.samples.gateway.release;

import dev.llmops.core.version.VersionSet;
import dev.llmops.release.arm.Actor;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** {@code POST /release}: starts a release with the first stage of the policy. */
public final class StartEndpoint implements Endpoint {

    private final Vertx vertx;
    private final Releases releases;
    private final VersionSet versions;

    /**
     * Creates the endpoint.
     *
     * @param versions those of the gateway, the baseline of every release
     */
    public StartEndpoint(Vertx vertx, Releases releases, VersionSet versions) {
        this.vertx = vertx;
        this.releases = releases;
        this.versions = versions;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        ReleaseRequest asked = ReleaseRequest.parse(body);
        Actor actor = Actor.person(exchange.identity().actor(asked.by()));
        vertx.executeBlocking(() -> GateJson.release(releases.start(asked, actor, versions)), false)
                .onSuccess(json -> exchange.answer(201, json))
                .onFailure(exchange::fail);
    }
}
