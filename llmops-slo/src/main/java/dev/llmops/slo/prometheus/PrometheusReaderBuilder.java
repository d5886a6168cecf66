package dev.llmops.slo.prometheus;

import dev.llmops.core.http.HttpPolicy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Collects the parts of a {@link PrometheusReader}. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class PrometheusReaderBuilder {

    private final URI server;
    private Duration timeout = Duration.ofSeconds(10);
    private final HttpPolicy.Builder http = HttpPolicy.builder();

    PrometheusReaderBuilder(URI server) {
        String scheme = server.getScheme();
        if (server.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "server is " + server + " — an http or https address — pass http://prometheus:9090");
        }
        if (server.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "server holds credentials — none in the address — pass them to basicAuth");
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
        http.timeout(limit);
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
        http.bearerToken(token);
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
        http.basicAuth(user, password);
        return this;
    }

    /**
     * Sets the proxy; the system's settings by default.
     *
     * @param selector the proxy selector
     * @return this builder
     */
    public PrometheusReaderBuilder proxy(ProxySelector selector) {
        http.proxy(selector);
        return this;
    }

    /**
     * Builds the reader. It connects when it is first asked.
     *
     * @return the reader
     */
    public PrometheusReader build() {
        return new PrometheusReader(new QueryClient(http.build(), server, timeout));
    }
}
