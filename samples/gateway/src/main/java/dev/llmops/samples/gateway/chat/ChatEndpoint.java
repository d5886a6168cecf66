package dev.llmops.samples.gateway.chat;

import dev.llmops.samples.gateway.calls.ModelCalls;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import io.vertx.core.buffer.Buffer;

/** {@code POST /chat}: one prompt, one answer, whole or as a stream. */
public final class ChatEndpoint implements Endpoint {

    private final ModelCalls models;
    private final String defaultModel;

    public ChatEndpoint(ModelCalls models, String defaultModel) {
        this.models = models;
        this.defaultModel = defaultModel;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        ChatRequest request = ChatRequest.parse(body);
        models.start(exchange, request.toModelRequest(defaultModel), new ChatAnswer(exchange, request.stream()));
    }
}
