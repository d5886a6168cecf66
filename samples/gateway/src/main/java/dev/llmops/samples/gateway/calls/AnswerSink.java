package dev.llmops.samples.gateway.calls;

import dev.llmops.samples.gateway.provider.ProviderChunk;

/** Receives the answer of one call, on the event loop of its client. */
public interface AnswerSink {

    /** Receives the next chunk. */
    void onChunk(ProviderChunk chunk);

    /**
     * Ends a group of chunks that came together, and are best sent on together.
     *
     * @param source the call, to be paused while the client reads too slowly
     */
    default void onReadComplete(ModelCall source) {}

    /** Receives the end of the call; not called if the client has disconnected. */
    void onEnd(ModelAnswer answer);
}
