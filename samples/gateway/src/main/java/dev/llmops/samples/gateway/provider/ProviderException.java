package dev.llmops.samples.gateway.provider;

import dev.llmops.core.ErrorResponse;
import org.jspecify.annotations.Nullable;

/** The provider refused or gave up, and said so: as an HTTP status with a body, or as an error object in a stream. */
public final class ProviderException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ErrorResponse response;
    private final @Nullable String retryAfter;

    ProviderException(ErrorResponse response, @Nullable String retryAfter) {
        super("the provider answered with an error");
        this.response = response;
        this.retryAfter = retryAfter;
    }

    /**
     * What the provider said.
     *
     * @return the answer as it came
     */
    public ErrorResponse response() {
        return response;
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
