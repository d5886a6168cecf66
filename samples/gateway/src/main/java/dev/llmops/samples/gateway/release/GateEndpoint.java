package dev.llmops.samples.gateway.release;

import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import io.vertx.core.buffer.Buffer;

/** {@code GET /gate}: the latest release, its verdict and what it is based on. */
public final class GateEndpoint implements Endpoint {

    private final Releases releases;

    /** Creates the endpoint. */
    public GateEndpoint(Releases releases) {
        this.releases = releases;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        Release release = releases.latest()
                .orElseThrow(
                        () -> new ApiError(404, "not_found", "no release has started — POST /release starts one", null)
                                .refusal());
        exchange.answer(200, GateJson.release(release));
    }
}
