package dev.llmops.samples.gateway.chat;

import dev.llmops.core.record.Outcome;
import dev.llmops.samples.gateway.calls.AnswerSink;
import dev.llmops.samples.gateway.calls.CallErrors;
import dev.llmops.samples.gateway.calls.ModelAnswer;
import dev.llmops.samples.gateway.calls.ModelCall;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.EventStream;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.provider.ProviderChunk;

/** Passes an OpenAI-compatible stream on, chunk by chunk as they come. */
final class CompletionStream implements AnswerSink {

    private final Exchange exchange;
    private final EventStream stream;
    private final boolean wantsUsage;

    /**
     * @param wantsUsage whether the client asked for the chunk that carries nothing but usage
     */
    CompletionStream(Exchange exchange, boolean wantsUsage) {
        this.exchange = exchange;
        this.stream = new EventStream(exchange);
        this.wantsUsage = wantsUsage;
    }

    @Override
    public void onChunk(ProviderChunk chunk, ModelCall source) {
        if (wantsUsage || !chunk.usageOnly()) {
            stream.send(chunk.raw(), source::pause, source::resume);
        }
    }

    @Override
    public void onEnd(ModelAnswer answer) {
        if (answer.record().outcome() == Outcome.COMPLETED) {
            stream.end("[DONE]");
            return;
        }
        ApiError error = CallErrors.of(answer, exchange);
        if (stream.isBegun()) {
            stream.end(error.writeTo(exchange.newBody()).toString());
        } else {
            exchange.refuse(error);
        }
    }
}
