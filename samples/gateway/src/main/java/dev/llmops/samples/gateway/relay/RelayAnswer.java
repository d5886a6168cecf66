package dev.llmops.samples.gateway.relay;

import dev.llmops.core.record.Outcome;
import dev.llmops.samples.gateway.calls.AnswerSink;
import dev.llmops.samples.gateway.calls.CallErrors;
import dev.llmops.samples.gateway.calls.ModelAnswer;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.provider.ApiFormat;
import dev.llmops.samples.gateway.provider.ProviderChunk;

/** Relays an answer in one piece, with its status. */
final class RelayAnswer implements AnswerSink {

    private final Exchange exchange;
    private final ApiFormat format;
    private String body = "";

    RelayAnswer(Exchange exchange, ApiFormat format) {
        this.exchange = exchange;
        this.format = format;
    }

    @Override
    public void onChunk(ProviderChunk chunk) {
        body = chunk.raw();
    }

    @Override
    public void onEnd(ModelAnswer answer) {
        if (answer.record().outcome() == Outcome.COMPLETED) {
            exchange.answer(answer.status(), body);
        } else {
            ApiError error = CallErrors.relayed(answer);
            exchange.answer(error.status(), RelayErrors.body(exchange, format, error));
        }
    }
}
