package dev.llmops.samples.gateway.calls;

import dev.llmops.samples.gateway.provider.ProviderChunk;

/** Receives the answer of one call, on the event loop of its client. */
public interface AnswerSink {

    /**
     * Receives the next chunk.
     *
     * @param source the call, to be paused while the client reads too slowly
     */
    void onChunk(ProviderChunk chunk, ModelCall source);

    /** Receives the end of the call; not called if the client has disconnected. */
    void onEnd(ModelAnswer answer);
}
