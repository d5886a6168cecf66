package dev.llmops.samples.gateway.provider;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Connections to a provider and the messages of their failures. */
final class Transport {

    private Transport() {}

    /** Opens connections for one request. */
    interface Sender {

        Future<HttpClientRequest> connect();

        /** Records that the provider refuses {@code stream_options}. */
        void fallbackNeeded();

        IOException notConnected(Throwable cause);
    }

    static NotConnectedException notConnected(String address, Throwable cause) {
        return new NotConnectedException(
                isTls(cause)
                        ? "TLS with " + address + " failed (" + cause.getMessage()
                                + ") — https needs a TLS port with a trusted certificate — if the port is plain HTTP,"
                                + " use http:// in --base-url"
                        : "cannot connect to " + address + " (" + cause.getMessage() + ")",
                cause);
    }

    private static boolean isTls(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SSLException
                    || Objects.requireNonNullElse(each.getMessage(), "").contains("SSL handshake")) {
                return true;
            }
        }
        return false;
    }

    static Exception asCheckedException(Throwable cause) {
        if (cause instanceof ProviderException || cause instanceof TimeoutException || cause instanceof IOException) {
            return (Exception) cause;
        }
        return new IOException("the connection to the provider was lost (" + cause.getMessage() + ")", cause);
    }
}
