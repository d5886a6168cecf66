package dev.llmops.samples.gateway.chat;

import dev.llmops.core.record.Outcome;
import dev.llmops.samples.gateway.calls.AnswerSink;
import dev.llmops.samples.gateway.calls.CallErrors;
import dev.llmops.samples.gateway.calls.ModelAnswer;
import dev.llmops.samples.gateway.calls.ModelCall;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.provider.ProviderChunk;

/** Passes an OpenAI-compatible answer on in one piece. */
final class CompletionAnswer implements AnswerSink {

    private final Exchange exchange;
    private String completion = "";

    CompletionAnswer(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void onChunk(ProviderChunk chunk, ModelCall source) {
        completion = chunk.raw();
    }

    @Override
    public void onEnd(ModelAnswer answer) {
        if (answer.record().outcome() == Outcome.COMPLETED) {
            exchange.answer(200, completion);
        } else {
            exchange.refuse(CallErrors.of(answer, exchange));
        }
    }
}
