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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the answer of {@code POST /chat}; a stream ends with the object that is the whole answer otherwise. */
final class ChatAnswer implements AnswerSink {

    private final Exchange exchange;
    private final EventStream stream;
    private final boolean streaming;

    ChatAnswer(Exchange exchange, boolean streaming) {
        this.exchange = exchange;
        this.stream = new EventStream(exchange);
        this.streaming = streaming;
    }

    @Override
    public void onChunk(ProviderChunk chunk) {
        if (!streaming) {
            return;
        }
        if (!chunk.reasoning().isEmpty()) {
            stream.add(null, piece("reasoning_delta", chunk.reasoning()));
        }
        String text = chunk.content() + chunk.refusal();
        if (!text.isEmpty()) {
            stream.add(null, piece("delta", text));
        }
    }

    @Override
    public void onReadComplete(ModelCall source) {
        stream.flush(source::pause, source::resume);
    }

    private static String piece(String name, String text) {
        return JsonMapper.shared().createObjectNode().put(name, text).toString();
    }

    @Override
    public void onEnd(ModelAnswer answer) {
        ObjectNode body = RecordJson.answer(exchange.newBody(), answer);
        int status = 200;
        if (answer.record().outcome() != Outcome.COMPLETED) {
            // The provider's code and param are free text.
            ApiError error = exchange.redacted(CallErrors.of(answer));
            error.writeTo(body);
            status = error.status();
        }
        if (streaming && (status == 200 || stream.isBegun())) {
            stream.end(null, body.toString());
        } else {
            exchange.answer(status, body);
        }
    }
}
