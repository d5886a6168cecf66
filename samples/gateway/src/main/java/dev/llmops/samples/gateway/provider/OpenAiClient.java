package dev.llmops.samples.gateway.provider;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Talks to one OpenAI-compatible server. Safe for use from any event loop; each call stays on the one that made it.
 */
public final class OpenAiClient {

    // Each open stream holds a connection; the provider's own limits are met before this one.
    private static final int MAX_CONNECTIONS = 10_000;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final URI endpoint;
    private final @Nullable String apiKey;
    private final Duration maxSilence;

    /**
     * Creates a client.
     *
     * @param vertx runs it
     * @param baseUrl such as {@code https://api.openai.com/v1}; {@code /v1} is added when there is no path
     * @param apiKey is sent as a bearer token; null sends none
     * @param maxSilence how long the server may send nothing until a call is given up as timed out
     */
    public OpenAiClient(Vertx vertx, URI baseUrl, @Nullable String apiKey, Duration maxSilence) {
        this.vertx = vertx;
        client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
        endpoint = endpoint(baseUrl);
        this.apiKey = apiKey;
        this.maxSilence = maxSilence;
    }

    private static URI endpoint(URI baseUrl) {
        String base = baseUrl.toString().replaceFirst("/+$", "");
        boolean hasPath = !baseUrl.getPath().replace("/", "").isEmpty();
        return URI.create(base + (hasPath ? "" : "/v1") + "/chat/completions");
    }

    /**
     * The server's name.
     *
     * @return host, with the port where the URL names one
     */
    public String serverAddress() {
        return endpoint.getAuthority();
    }

    /**
     * Sends a chat-completions request.
     *
     * @param body the request; its {@code stream} decides in which shape the answer comes
     * @param headers to send beside the usual ones
     * @param handler is told the answer
     * @return the call under way
     */
    public ProviderCall send(JsonNode body, Map<String, String> headers, ProviderHandler handler) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(endpoint.toString())
                .putHeader("Content-Type", "application/json");
        headers.forEach(options::putHeader);
        if (apiKey != null) {
            options.putHeader("Authorization", "Bearer " + apiKey);
        }
        ProviderCall call =
                new ProviderCall(vertx, maxSilence, body.path("stream").asBoolean(false), handler);
        client.request(options)
                .onSuccess(request -> call.send(request, Buffer.buffer(body.toString())))
                .onFailure(call::fail);
        return call;
    }
}
