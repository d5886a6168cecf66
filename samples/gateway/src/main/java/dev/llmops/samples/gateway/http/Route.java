package dev.llmops.samples.gateway.http;

import io.vertx.core.http.HttpMethod;
import java.util.Set;

/**
 * The place at which an endpoint is served.
 *
 * @param roles those that may use it; empty for everyone, also without a credential
 * @param maxBodyBytes the longest body that is accepted
 * @param path a fixed path, or one with a {@code {parameter}} in it; also the metrics' name for it
 */
public record Route(HttpMethod method, String path, Set<Role> roles, int maxBodyBytes, Endpoint endpoint) {

    /** The longest body of the gateway's own endpoints, in bytes. */
    public static final int DEFAULT_MAX_BODY_BYTES = 1 << 20;

    /** Creates a route with the default limit. */
    public Route(HttpMethod method, String path, Set<Role> roles, Endpoint endpoint) {
        this(method, path, roles, DEFAULT_MAX_BODY_BYTES, endpoint);
    }

    boolean matches(String requestPath) {
        int from = path.indexOf('{');
        if (from < 0) {
            return path.equals(requestPath);
        }
        String suffix = path.substring(path.indexOf('}') + 1);
        return requestPath.startsWith(path.substring(0, from))
                && requestPath.endsWith(suffix)
                && requestPath.length() > from + suffix.length();
    }
}
