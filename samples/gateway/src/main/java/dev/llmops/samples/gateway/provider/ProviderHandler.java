package dev.llmops.samples.gateway.provider;

/**
 * Receives an answer: its head, any number of chunks, then exactly one of the two endings, unless the call is cancelled.
 * All methods are called on the event loop on which the call was made.
 */
public interface ProviderHandler {

    /**
     * Receives the head of the answer; not called if the provider was not reached.
     *
     * @param head status and headers
     */
    default void onHead(ProviderHead head) {}

    /** Records that the request is sent a second time, without the field that the provider refused. */
    default void onRetry() {}

    /**
     * Receives the next chunk.
     *
     * @param chunk an event of a stream, or the whole answer if it is not streamed
     */
    void onChunk(ProviderChunk chunk);

    /** Ends a group of chunks that came together; may follow the ending. */
    default void onReadComplete() {}

    /** Ends a complete answer. */
    void onEnd();

    /**
     * Ends an answer that will not be completed.
     *
     * @param failure a {@link ProviderException} or {@link java.net.ProtocolException}, a
     *     {@link java.util.concurrent.TimeoutException} if the provider was silent, a {@link NotConnectedException} if
     *     nothing was sent, or another {@link java.io.IOException} if the connection was lost
     */
    void onFailure(Exception failure);
}
