package dev.llmops.samples.gateway.relay;

import dev.llmops.core.record.Outcome;
import dev.llmops.samples.gateway.calls.AnswerSink;
import dev.llmops.samples.gateway.calls.CallErrors;
import dev.llmops.samples.gateway.calls.ModelAnswer;
import dev.llmops.samples.gateway.calls.ModelCall;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.EventStream;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.provider.ApiFormat;
import dev.llmops.samples.gateway.provider.ProviderChunk;

/** Relays a stream, event by event as they come. */
final class RelayStream implements AnswerSink {

    private final Exchange exchange;
    private final ApiFormat format;
    private final EventStream stream;
    private final boolean wantsUsage;

    /**
     * @param wantsUsage true if the client asked for the chunk that carries only usage
     */
    RelayStream(Exchange exchange, ApiFormat format, boolean wantsUsage) {
        this.exchange = exchange;
        this.format = format;
        this.stream = new EventStream(exchange);
        this.wantsUsage = wantsUsage;
    }

    @Override
    public void onChunk(ProviderChunk chunk) {
        if (wantsUsage || !chunk.usageOnly()) {
            stream.add(chunk.event(), chunk.raw());
        }
    }

    @Override
    public void onReadComplete(ModelCall source) {
        stream.flush(source::pause, source::resume);
    }

    @Override
    public void onEnd(ModelAnswer answer) {
        if (answer.record().outcome() == Outcome.COMPLETED) {
            complete();
            return;
        }
        ApiError error = CallErrors.relayed(answer);
        if (stream.isBegun()) {
            stream.end(
                    RelayErrors.event(format),
                    RelayErrors.lastEvent(exchange, format, error).toString());
        } else {
            exchange.answer(error.status(), RelayErrors.body(exchange, format, error));
        }
    }

    private void complete() {
        if (RelayErrors.event(format) == null) {
            stream.end(null, "[DONE]");
        } else {
            stream.end();
        }
    }
}
