package dev.llmops.samples.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/** Decides which requests are let in. */
@FunctionalInterface
public interface Access {

    /**
     * Lets a request in.
     *
     * @param roles those that may send it; empty for everyone
     * @return who sends it
     * @throws ApiError.Refusal if it is not let in
     */
    Identity admit(HttpServerRequest request, Set<Role> roles);
}
