package dev.llmops.samples.gateway.relay;

import dev.llmops.samples.gateway.calls.ModelCalls;
import dev.llmops.samples.gateway.calls.ModelRequest;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.http.JsonBody;
import dev.llmops.samples.gateway.provider.ApiFormat;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Relays the requests of one API format as they are, so that everything works on which a client and a provider agree.
 * Only usage is asked for in addition.
 */
public final class RelayEndpoint implements Endpoint {

    private static final String UNNAMED_MODEL = "unknown";

    private final ModelCalls models;
    private final ApiFormat format;

    /** Creates an endpoint of a format. */
    public RelayEndpoint(ModelCalls models, ApiFormat format) {
        this.models = models;
        this.format = format;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        JsonBody json = JsonBody.parse(body);
        String model = model(json);
        boolean stream = json.flag("stream");
        if (format == ApiFormat.CHAT || format == ApiFormat.MESSAGES) {
            json.requireNonEmptyList("messages");
        }
        if (!json.root().path("stream_options").isObject() && json.root().hasNonNull("stream_options")) {
            json.problem("stream_options", "is no object — an object is allowed");
        }
        json.check();

        ObjectNode fallback = null;
        boolean wantsUsage =
                json.root().path("stream_options").path("include_usage").asBoolean(false);
        if (stream && hasStreamOptions() && !wantsUsage) {
            fallback = json.root().deepCopy();
            json.root().withObjectProperty("stream_options").put("include_usage", true);
        }
        ModelRequest request = new ModelRequest(
                format,
                model,
                AccountName.of(json.root()),
                exchange.request.getHeader("x-feature"),
                json.root(),
                fallback,
                null);
        models.start(
                exchange,
                request,
                stream ? new RelayStream(exchange, format, wantsUsage) : new RelayAnswer(exchange, format));
    }

    private String model(JsonBody json) {
        boolean optional = format == ApiFormat.RESPONSES || format == ApiFormat.MODERATIONS;
        @Nullable
        String model =
                optional ? json.string("model", JsonBody.MAX_NAME) : json.requiredString("model", JsonBody.MAX_NAME);
        return model == null ? UNNAMED_MODEL : model;
    }

    private boolean hasStreamOptions() {
        return format == ApiFormat.CHAT || format == ApiFormat.COMPLETIONS;
    }
}
