package dev.llmops.samples.gateway.http;

import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a port.
 *
 * @param host the address to listen on
 * @param port 0 picks a free one
 * @param certificate for TLS; null serves plain HTTP
 * @param maxConnections above which new ones are closed at once
 * @param patience the time for a request's headers, and for reading an answer to its end
 */
public record HttpSettings(
        String host, int port, @Nullable PemKeyCertOptions certificate, int maxConnections, Duration patience) {

    /** The default limit of connections. */
    public static final int MAX_CONNECTIONS = 10_000;

    /** Returns the settings of plain HTTP. */
    public static HttpSettings plain(String host, int port) {
        return new HttpSettings(host, port, null, MAX_CONNECTIONS, Connections.PATIENCE);
    }

    /** Returns the same settings with TLS. */
    public HttpSettings with(@Nullable PemKeyCertOptions tls) {
        return new HttpSettings(host, port, tls, maxConnections, patience);
    }
}
