package dev.llmops.core.http;

import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Collects the settings of an {@link HttpPolicy}. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class HttpPolicyBuilder {

    Duration timeout = Duration.ofSeconds(10);
    int maxBodyBytes = 16 * 1024 * 1024;
    Supplier<String> authorization = () -> "";
    Optional<ProxySelector> proxy = Optional.empty();

    HttpPolicyBuilder() {}

    /**
     * Sets how long one request may take, from connecting to the last byte of the body; 10 seconds by default.
     *
     * @param limit at least a millisecond
     * @return this builder
     * @throws IllegalArgumentException if the limit is shorter
     */
    public HttpPolicyBuilder timeout(Duration limit) {
        if (limit.toMillis() < 1) {
            throw new IllegalArgumentException("timeout is too short (" + limit + ") — at least 1 ms");
        }
        timeout = limit;
        return this;
    }

    /**
     * Sets how large a response body may be; 16 MiB by default.
     *
     * @param limit &ge; 1
     * @return this builder
     * @throws IllegalArgumentException if the limit is below 1
     */
    public HttpPolicyBuilder maxBodyBytes(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("maxBodyBytes is too small (" + limit + ") — at least 1");
        }
        maxBodyBytes = limit;
        return this;
    }

    /**
     * Sends an {@code Authorization} header; replaces what was set before.
     *
     * @param header supplies the header's value, for example {@code Bearer …}; called before each request, empty for
     *     none
     * @return this builder
     */
    public HttpPolicyBuilder authorization(Supplier<String> header) {
        authorization = Objects.requireNonNull(header, "header");
        return this;
    }

    /**
     * Sends a bearer token; replaces what was set before.
     *
     * @param token supplies the token; called before each request, so that it can be renewed
     * @return this builder
     */
    public HttpPolicyBuilder bearerToken(Supplier<String> token) {
        Objects.requireNonNull(token, "token");
        return authorization(() -> "Bearer " + token.get());
    }

    /**
     * Sends a user name and a password; replaces what was set before.
     *
     * @param user the name, without a colon
     * @param password the password
     * @return this builder
     */
    public HttpPolicyBuilder basicAuth(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        String header = "Basic " + Base64.getEncoder().encodeToString(credentials);
        return authorization(() -> header);
    }

    /**
     * Sets the proxy; the system's default proxy selector is used otherwise.
     *
     * @param selector for example {@link ProxySelector#of}
     * @return this builder
     */
    public HttpPolicyBuilder proxy(ProxySelector selector) {
        proxy = Optional.of(selector);
        return this;
    }

    /**
     * Builds the policy.
     *
     * @return the policy
     */
    public HttpPolicy build() {
        return new HttpPolicy(this);
    }
}
