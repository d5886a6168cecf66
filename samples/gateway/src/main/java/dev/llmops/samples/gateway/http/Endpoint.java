package dev.llmops.samples.gateway.http;

import io.vertx.core.buffer.Buffer;

/** Serves one kind of request. One instance serves all event loops. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers a request, now or later, exactly once.
     *
     * @param exchange the request and its answer
     * @param body the whole body; empty for a {@code GET}
     * @throws ApiError.Refusal to answer with an error
     */
    void handle(Exchange exchange, Buffer body);
}
