package dev.llmops.samples.gateway.provider;

import dev.llmops.core.record.CallError;
import org.jspecify.annotations.Nullable;

/** The provider refused or gave up, and said so: as an HTTP status with a body, or as an error object in a stream. */
public final class ProviderException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient CallError error;
    private final @Nullable String retryAfter;

    ProviderException(CallError error, @Nullable String retryAfter) {
        super("the provider answered with an error");
        this.error = error;
        this.retryAfter = retryAfter;
    }

    /**
     * What the provider said.
     *
     * @return the error, classified
     */
    public CallError error() {
        return error;
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
