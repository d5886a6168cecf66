package dev.llmops.slo.prometheus;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Collects the parts of a {@link PrometheusReader}. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class PrometheusReaderBuilder {

    private final URI server;
    private Duration timeout = Duration.ofSeconds(10);
    private Supplier<String> authorization = () -> "";

    PrometheusReaderBuilder(URI server) {
        String scheme = server.getScheme();
        if (server.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "server must be an http or https address, but was " + server + "; pass http://prometheus:9090");
        }
        if (server.getUserInfo() != null) {
            throw new IllegalArgumentException("server must not hold credentials; pass them to basicAuth");
        }
        this.server = server;
    }

    /**
     * Sets how long one query may take, from connecting to the last byte; 10 seconds by default.
     *
     * @param limit at least a millisecond
     * @return this builder
     * @throws IllegalArgumentException if the limit is shorter
     */
    public PrometheusReaderBuilder timeout(Duration limit) {
        if (limit.toMillis() < 1) {
            throw new IllegalArgumentException("timeout must be at least 1 ms, but was " + limit);
        }
        timeout = limit;
        return this;
    }

    /**
     * Sends a bearer token; replaces what was set before.
     *
     * @param token gives the token, and is asked before each query so that it can be renewed
     * @return this builder
     */
    public PrometheusReaderBuilder bearerToken(Supplier<String> token) {
        Objects.requireNonNull(token, "token");
        authorization = () -> "Bearer " + token.get();
        return this;
    }

    /**
     * Sends a name and a password; replaces what was set before.
     *
     * @param user the name, without a colon
     * @param password the password
     * @return this builder
     */
    public PrometheusReaderBuilder basicAuth(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        String header = "Basic " + Base64.getEncoder().encodeToString(credentials);
        authorization = () -> header;
        return this;
    }

    /**
     * Builds the reader. It connects when it is first asked.
     *
     * @return the reader
     */
    public PrometheusReader build() {
        // Redirects are not followed, so that credentials go nowhere else.
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new PrometheusReader(new QueryClient(http, server, timeout, authorization));
    }
}
