package dev.llmops.samples.gateway;

import dev.llmops.core.LlmOps;
import dev.llmops.samples.gateway.calls.ModelCalls;
import dev.llmops.samples.gateway.chat.ChatEndpoint;
import dev.llmops.samples.gateway.chat.CompletionsEndpoint;
import dev.llmops.samples.gateway.chat.WarmUp;
import dev.llmops.samples.gateway.http.HttpMetrics;
import dev.llmops.samples.gateway.http.HttpService;
import dev.llmops.samples.gateway.http.Route;
import dev.llmops.samples.gateway.http.Router;
import dev.llmops.samples.gateway.mock.MockProvider;
import dev.llmops.samples.gateway.privacy.Privacy;
import dev.llmops.samples.gateway.provider.OpenAiClient;
import dev.llmops.samples.gateway.views.CostEndpoint;
import dev.llmops.samples.gateway.views.EvaluationEndpoint;
import dev.llmops.samples.gateway.views.FeedbackEndpoint;
import dev.llmops.samples.gateway.views.MetricsEndpoint;
import dev.llmops.samples.gateway.views.TracesEndpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The running gateway: puts all parts together, and takes them apart in order. */
final class Gateway implements AutoCloseable {

    /** The model that answers when a request names none. */
    static final String DEFAULT_MODEL = "gpt-4o-mini";

    /** How long open streams may go on when the gateway stops, before they are ended. */
    static final Duration GRACE = Duration.ofSeconds(8);

    /** How long a provider may send nothing, where the client has set no deadline of its own. */
    private static final Duration MAX_SILENCE = Duration.ofMinutes(2);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final long MOCK_SEED = 20_251_224;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final Observability observability;
    private final ModelCalls models;
    private final HttpService service;
    private final String host;
    private final Traffic traffic;

    private Gateway(GatewayOptions options, GatewayEnvironment environment) {
        host = options.host;
        observability = new Observability(vertx, options, environment, dataDir(options));
        models = new ModelCalls(
                vertx,
                observability.llmops,
                observability.privacy,
                observability.budgets,
                client(options, environment.variables()),
                options.provider.name());
        Router router = new Router(routes(), new HttpMetrics(observability.registry), observability.privacy);
        service = await(HttpService.start(vertx, options.host, options.port, router::handle));
        traffic = new Traffic(vertx, address(), options.traffic);
        observability.announce("listening on " + address());
        traffic.start();
    }

    /**
     * Starts a gateway.
     *
     * @param options without {@linkplain GatewayOptions#problems problems}
     */
    static Gateway start(GatewayOptions options, GatewayEnvironment environment) {
        return new Gateway(options, environment);
    }

    private static Path dataDir(GatewayOptions options) {
        try {
            return options.dataDir == null
                    ? Files.createTempDirectory("llmops-gateway")
                    : Files.createDirectories(options.dataDir);
        } catch (IOException e) {
            throw new IllegalStateException("--data-dir cannot be used: " + e, e);
        }
    }

    private List<Route> routes() {
        LlmOps llmops = observability.llmops;
        Privacy privacy = observability.privacy;
        return List.of(
                new Route(HttpMethod.POST, "/chat", new ChatEndpoint(models, DEFAULT_MODEL)),
                new Route(HttpMethod.POST, "/v1/chat/completions", new CompletionsEndpoint(models)),
                new Route(HttpMethod.POST, "/feedback", new FeedbackEndpoint(llmops)),
                new Route(HttpMethod.POST, "/evaluation", new EvaluationEndpoint(llmops)),
                new Route(HttpMethod.GET, "/metrics", new MetricsEndpoint(vertx, observability.registry)),
                new Route(HttpMethod.GET, "/health", (exchange, body) -> exchange.answer(200, "{\"status\":\"ok\"}")),
                new Route(
                        HttpMethod.GET,
                        "/slo",
                        (exchange, body) -> exchange.answer(200, observability.slo.json())),
                new Route(HttpMethod.GET, "/cost", new CostEndpoint(vertx, observability.costs)),
                new Route(
                        HttpMethod.GET,
                        TracesEndpoint.PREFIX + "{trace_id}",
                        new TracesEndpoint(vertx, observability.traces, privacy)));
    }

    private OpenAiClient client(GatewayOptions options, Map<String, String> environment) {
        if (options.provider == GatewayOptions.Provider.mock) {
            OpenAiClient mock = new OpenAiClient(vertx, startMock(), null, MAX_SILENCE);
            await(WarmUp.run(vertx, mock, DEFAULT_MODEL));
            return mock;
        }
        URI server = Objects.requireNonNullElse(options.baseUrl, GatewayOptions.OPENAI);
        String apiKey = options.apiKeyEnv == null ? null : environment.get(options.apiKeyEnv);
        return new OpenAiClient(vertx, server, apiKey, MAX_SILENCE);
    }

    private URI startMock() {
        MockProvider mock = new MockProvider(vertx, MOCK_SEED);
        HttpService service = await(HttpService.start(vertx, "127.0.0.1", 0, mock::handle));
        return URI.create("http://127.0.0.1:" + service.port());
    }

    /** Where the gateway listens. */
    URI address() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + service.port());
    }

    /** Takes no more requests, gives open ones {@link #GRACE} to end, ends the others, and stops. */
    @Override
    public void close() {
        traffic.stop();
        long end = vertx.setTimer(GRACE.toMillis(), over -> models.stopAll());
        await(service.shutDown(GRACE.plus(LAST_WORDS)));
        vertx.cancelTimer(end);
        observability.close();
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    Objects.requireNonNullElse(e.getCause(), e).getMessage(), e);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("was not done within " + LIMIT, e);
        }
    }
}
