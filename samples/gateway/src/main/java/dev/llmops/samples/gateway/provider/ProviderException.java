package dev.llmops.samples.gateway.provider;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The provider refused or gave up, and said so: as an HTTP status with a body, or as an error object in a stream. */
public final class ProviderException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;
    private final @Nullable String retryAfter;

    ProviderException(int status, String body, @Nullable String retryAfter) {
        super(status == 0 ? "the provider sent an error in its stream" : "the provider answered HTTP " + status);
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    /**
     * The HTTP status.
     *
     * @return empty for an error inside a stream
     */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /**
     * What the provider wrote.
     *
     * @return the body, or the event, as it came
     */
    public String body() {
        return body;
    }

    /**
     * When the provider wants to be asked again.
     *
     * @return the {@code Retry-After} header as it came, or null
     */
    public @Nullable String retryAfter() {
        return retryAfter;
    }
}
