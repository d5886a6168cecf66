package dev.llmops.samples.gateway;

import dev.llmops.samples.gateway.calls.ModelCalls;
import dev.llmops.samples.gateway.chat.WarmUp;
import dev.llmops.samples.gateway.http.HttpMetrics;
import dev.llmops.samples.gateway.http.HttpService;
import dev.llmops.samples.gateway.http.Route;
import dev.llmops.samples.gateway.http.Router;
import dev.llmops.samples.gateway.mock.MockProvider;
import dev.llmops.samples.gateway.provider.OpenAiClient;
import dev.llmops.samples.gateway.release.GateTimer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
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

/** The running gateway: starts all parts and stops them in order. */
final class Gateway implements AutoCloseable {

    /** The model that answers when a request names none. */
    static final String DEFAULT_MODEL = "gpt-4o-mini";

    /** The time that open streams have to end when the gateway stops. */
    static final Duration GRACE = Duration.ofSeconds(8);

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
        OpenAiClient client = client(options, environment.variables());
        models = new ModelCalls(
                vertx,
                observability.llmops,
                observability.privacy,
                observability.budgets,
                observability.releases,
                client,
                options.provider.name());
        List<Route> routes = Routes.of(vertx, observability, models, client, options.maxBodyMebibytes << 20);
        Router router = new Router(routes, new HttpMetrics(observability.registry), observability.privacy);
        service = await(HttpService.start(vertx, options.host, options.port, router::handle));
        traffic = new Traffic(vertx, address(), options.trafficPerSecond(), options.faultRatio);
        observability.announce("listening on " + address());
        new GateTimer(vertx, observability.releases, observability.llmops.versionSet(), options.release).start();
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

    private OpenAiClient client(GatewayOptions options, Map<String, String> variables) {
        URI mock = startMock();
        OpenAiClient toMock = new OpenAiClient(vertx, mock, null, options.providerTimeout);
        // Also in front of a real provider, which is not asked because that would cost money.
        await(WarmUp.run(vertx, toMock, DEFAULT_MODEL));
        if (options.provider == GatewayOptions.Provider.mock) {
            return toMock;
        }
        URI server = Objects.requireNonNullElse(options.baseUrl, GatewayOptions.OPENAI);
        String apiKey = options.apiKeyEnv == null ? null : variables.get(options.apiKeyEnv);
        return new OpenAiClient(vertx, server, apiKey, options.providerTimeout);
    }

    private URI startMock() {
        MockProvider mock = new MockProvider(vertx, MOCK_SEED);
        HttpService mockService = await(HttpService.start(vertx, "127.0.0.1", 0, mock::handle));
        return URI.create("http://127.0.0.1:" + mockService.port());
    }

    /** Returns the address on which the gateway listens. */
    URI address() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + service.port());
    }

    /** Stops accepting requests, gives open ones {@link #GRACE} to end, ends the others and stops. */
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
