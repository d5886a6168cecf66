package dev.llmops.samples.gateway.relay;

import dev.llmops.samples.gateway.calls.ForwardedHeaders;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.provider.BoundedBody;
import dev.llmops.samples.gateway.provider.OpenAiClient;
import dev.llmops.samples.gateway.provider.ProviderHead;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.Objects;

/** {@code GET /v1/models} and {@code GET /v1/models/{model}}: the provider's models. */
public final class ModelsEndpoint implements Endpoint {

    /** The path of the list; that of a model follows it. */
    public static final String PATH = "/v1/models";

    private final OpenAiClient client;
    private final ForwardedHeaders forwarded;

    /** Creates an endpoint in front of a provider. */
    public ModelsEndpoint(OpenAiClient client, ForwardedHeaders forwarded) {
        this.client = client;
        this.forwarded = forwarded;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        String path = Objects.requireNonNull(exchange.request.path(), "a route has matched it");
        client.get(path.substring("/v1".length()), forwarded.of(exchange))
                .onFailure(failure -> refuse(exchange, failure))
                .onSuccess(response -> BoundedBody.read(response)
                        .onSuccess(models -> answer(exchange, response, models))
                        .onFailure(failure -> refuse(exchange, failure)));
    }

    private static void answer(Exchange exchange, HttpClientResponse response, Buffer models) {
        exchange.relay(
                ProviderHead.of(response.statusCode(), response.headers()).relayed());
        exchange.answer(response.statusCode(), models.toString());
    }

    private static void refuse(Exchange exchange, Throwable failure) {
        exchange.refuse(new ApiError(502, "provider_unavailable", String.valueOf(failure.getMessage()), null));
    }
}
