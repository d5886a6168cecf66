package dev.llmops.samples.gateway.provider;

import java.io.IOException;

/** The provider's answer breaks the protocol: no JSON where there must be, an endless event, an end without an end. */
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }
}
