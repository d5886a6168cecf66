package dev.llmops.samples.gateway.provider;

/**
 * Is told how an answer goes on: any number of chunks, then exactly one of the two endings, unless the call is
 * cancelled. Everything comes on the event loop on which the call was made.
 */
public interface ProviderHandler {

    /**
     * The next chunk came.
     *
     * @param chunk of a stream; or the whole answer, when it is not streamed
     */
    void onChunk(ProviderChunk chunk);

    /** The answer is complete. */
    void onEnd();

    /**
     * The answer will not be completed.
     *
     * @param failure a {@link ProviderException} or {@link java.net.ProtocolException}, a {@link java.util.concurrent.TimeoutException}
     *     when the provider fell silent, or another {@link java.io.IOException} when the connection was lost
     */
    void onFailure(Exception failure);
}
