package dev.llmops.samples.gateway;

import io.vertx.core.buffer.Buffer;

/** {@code POST /chat}: one prompt, one answer, whole or as a stream. */
final class ChatEndpoint implements Endpoint {

    private final ModelCalls models;
    private final String defaultModel;

    ChatEndpoint(ModelCalls models, String defaultModel) {
        this.models = models;
        this.defaultModel = defaultModel;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        ChatRequest request = ChatRequest.parse(body);
        models.start(exchange, request.ask(defaultModel), new ChatAnswer(exchange, request.stream()));
    }
}
