package dev.llmops.samples.gateway.provider;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client of one OpenAI-compatible server. Safe for use from any event loop; each call stays on the one that made it.
 */
public final class OpenAiClient {

    // Each open stream holds a connection; the provider's own limits are met before this one.
    private static final int MAX_CONNECTIONS = 10_000;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Vertx vertx;
    /** The client of each event loop: with one for all, half of the requests would take a connection of another loop. */
    private final ThreadLocal<HttpClientAgent> client;

    /** The base URL, taken apart once. */
    private final RequestOptions server;

    private final String serverAddress;
    private final @Nullable String apiKey;
    private final Duration maxSilence;
    private volatile boolean streamOptionsRefused;

    /**
     * Creates a client.
     *
     * @param vertx runs it
     * @param baseUrl such as {@code https://api.openai.com/v1}; {@code /v1} is added when there is no path
     * @param apiKey is sent as a bearer token; null sends the caller's headers alone
     * @param maxSilence the time without a byte from the server after which a call is timed out
     */
    public OpenAiClient(Vertx vertx, URI baseUrl, @Nullable String apiKey, Duration maxSilence) {
        this.vertx = vertx;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setSslHandshakeTimeout(CONNECT_TIMEOUT.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS);
        client = ThreadLocal.withInitial(() -> vertx.createHttpClient(options, pool));
        String url = baseUrl.toString().replaceFirst("/+$", "");
        boolean hasPath = !baseUrl.getPath().replace("/", "").isEmpty();
        server = new RequestOptions().setAbsoluteURI(url + (hasPath ? "" : "/v1"));
        serverAddress = baseUrl.getAuthority();
        this.apiKey = apiKey;
        this.maxSilence = maxSilence;
    }

    /**
     * Returns the server's name.
     *
     * @return host, with the port where the URL names one
     */
    public String serverAddress() {
        return serverAddress;
    }

    /**
     * Sends a request to a model.
     *
     * @param asked the request
     * @param handler receives the answer
     * @return the call in progress
     */
    public ProviderCall send(ProviderRequest asked, ProviderHandler handler) {
        RequestOptions options = options(HttpMethod.POST, asked.format().path(), asked.headers())
                .putHeader("Content-Type", "application/json");
        if (asked.format() == ApiFormat.MESSAGES && apiKey != null) {
            options.putHeader("x-api-key", apiKey);
        }
        ProviderCall call = new ProviderCall(vertx, maxSilence, asked, handler, new Transport.Sender() {
            @Override
            public Future<HttpClientRequest> connect() {
                return client.get().request(new RequestOptions(options));
            }

            @Override
            public void fallbackNeeded() {
                streamOptionsRefused = true;
            }

            @Override
            public IOException notConnected(Throwable cause) {
                return Transport.notConnected(serverAddress, cause);
            }
        });
        JsonNode fallback = asked.fallback();
        call.start(streamOptionsRefused && fallback != null ? fallback : asked.body());
        return call;
    }

    /**
     * Gets a resource that no model works for.
     *
     * @param path below the base URL, such as {@code /models}
     * @param headers additional headers
     * @return the response; its body is read by the caller
     */
    public Future<HttpClientResponse> get(String path, Map<String, String> headers) {
        return client.get()
                .request(options(HttpMethod.GET, path, headers).setTimeout(maxSilence.toMillis()))
                .compose(HttpClientRequest::send)
                .recover(cause -> Future.failedFuture(Transport.notConnected(serverAddress, cause)));
    }

    private RequestOptions options(HttpMethod method, String path, Map<String, String> headers) {
        RequestOptions options = new RequestOptions(server).setMethod(method).setURI(server.getURI() + path);
        headers.forEach(options::putHeader);
        if (apiKey != null) {
            options.putHeader("Authorization", "Bearer " + apiKey);
        }
        return options;
    }
}
