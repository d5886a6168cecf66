package dev.llmops.samples.gateway.provider;

import java.io.IOException;

/** No connection to the provider: nothing was sent, so that nothing was used. */
public final class NotConnectedException extends IOException {

    private static final long serialVersionUID = 1L;

    NotConnectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
