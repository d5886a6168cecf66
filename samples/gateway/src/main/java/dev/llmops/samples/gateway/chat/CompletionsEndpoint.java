package dev.llmops.samples.gateway.chat;

import dev.llmops.samples.gateway.calls.ModelCalls;
import dev.llmops.samples.gateway.calls.ModelRequest;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.http.JsonBody;
import io.vertx.core.buffer.Buffer;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/chat/completions}: passes requests and answers through as they are, so that whatever a client and a
 * provider agree on works.
 */
public final class CompletionsEndpoint implements Endpoint {

    private final ModelCalls models;

    public CompletionsEndpoint(ModelCalls models) {
        this.models = models;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        JsonBody json = JsonBody.parse(body);
        String model = json.requiredString("model", JsonBody.MAX_NAME);
        String user = json.string("user", JsonBody.MAX_NAME);
        boolean stream = json.flag("stream");
        json.requireNonEmptyList("messages");
        if (!json.root().path("stream_options").isObject() && json.root().hasNonNull("stream_options")) {
            json.problem("stream_options", "must be an object");
        }
        json.check();

        ModelRequest ask = new ModelRequest(model, user, exchange.request.getHeader("x-feature"), json.root(), null);
        if (stream) {
            boolean wantsUsage = demandUsage(json.root());
            models.start(exchange, ask, new CompletionStream(exchange, wantsUsage));
        } else {
            models.start(exchange, ask, new CompletionAnswer(exchange));
        }
    }

    /** Asks the provider for usage in any case; says whether the client wanted it too. */
    private static boolean demandUsage(ObjectNode request) {
        boolean wanted = request.path("stream_options").path("include_usage").asBoolean(false);
        request.withObjectProperty("stream_options").put("include_usage", true);
        return wanted;
    }
}
