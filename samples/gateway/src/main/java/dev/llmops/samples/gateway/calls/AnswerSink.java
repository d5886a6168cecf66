package dev.llmops.samples.gateway.calls;

import dev.llmops.samples.gateway.provider.ProviderChunk;

/** Where the answer of a model goes; one for each call, on the event loop of its client. */
public interface AnswerSink {

    /**
     * The model said more.
     *
     * @param source can be slowed down
     */
    void onChunk(ProviderChunk chunk, ModelCall source);

    /** The call has ended, in whatever way but one: nobody is told when the client itself has left. */
    void onEnd(ModelAnswer answer);
}
