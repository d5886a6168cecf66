package dev.llmops.samples.gateway.http;

import io.vertx.core.http.HttpMethod;

/**
 * Where an endpoint is served.
 *
 * @param path a fixed path, or a prefix with one {@code {parameter}} at its end; also the metrics' name for it
 */
public record Route(HttpMethod method, String path, Endpoint endpoint) {

    boolean matches(String requestPath) {
        int parameter = path.indexOf('{');
        return parameter < 0
                ? path.equals(requestPath)
                : requestPath.length() > parameter && requestPath.startsWith(path.substring(0, parameter));
    }
}
