package dev.llmops.samples.gateway;

import dev.llmops.core.LiveCall;
import dev.llmops.samples.gateway.calls.ForwardedHeaders;
import dev.llmops.samples.gateway.calls.ModelCalls;
import dev.llmops.samples.gateway.chat.WarmUp;
import dev.llmops.samples.gateway.http.HttpMetrics;
import dev.llmops.samples.gateway.http.HttpService;
import dev.llmops.samples.gateway.http.HttpSettings;
import dev.llmops.samples.gateway.http.MemoryBudget;
import dev.llmops.samples.gateway.http.OutOfMemory;
import dev.llmops.samples.gateway.http.Route;
import dev.llmops.samples.gateway.http.Router;
import dev.llmops.samples.gateway.mock.MockProvider;
import dev.llmops.samples.gateway.provider.OpenAiClient;
import dev.llmops.samples.gateway.release.GateTimer;
import dev.llmops.samples.gateway.security.AccessControl;
import dev.llmops.samples.gateway.security.Credentials;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running gateway: starts all parts and stops them in order. */
final class Gateway implements AutoCloseable {

    /** The model that answers when a request names none. */
    static final String DEFAULT_MODEL = "gpt-4o-mini";

    /** The time that open streams have to end when the gateway stops. */
    static final Duration GRACE = Duration.ofSeconds(8);

    /** The longest wait for the ledger's journal; the call is answered then in any case. */
    private static final Duration MAX_BOOKING = Duration.ofSeconds(5);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** The time that busy event loops have to end their calls. */
    private static final Duration ENDINGS = Duration.ofSeconds(5);

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final long MILLIS_BETWEEN_REFRESHES = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long MOCK_SEED = 20_251_224;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final Observability observability;
    private final ModelCalls models;
    private final HttpService service;
    private final GatewayOptions options;
    private final DataDir dataDir;
    private final Traffic traffic;

    private Gateway(GatewayOptions options, GatewayEnvironment environment) {
        OutOfMemory.exits(vertx);
        this.options = options;
        dataDir = DataDir.of(options.dataDir);
        observability = new Observability(vertx, options, environment, dataDir.path());
        OpenAiClient client = client(options, environment.variables());
        boolean isMock = options.provider == GatewayOptions.Provider.mock;
        ForwardedHeaders forwarded = new ForwardedHeaders(isMock, options.credentials == null);
        models = new ModelCalls(
                vertx,
                observability.llmops,
                observability.privacy,
                observability.budgets,
                observability.releases,
                this::booked,
                client,
                forwarded,
                options.provider.name());
        List<Route> routes = Routes.of(vertx, observability, models, client, forwarded, options.maxBodyMebibytes << 20);
        Router router = new Router(
                vertx,
                MemoryBudget.ofHeap(),
                routes,
                access(),
                new HttpMetrics(observability.registry),
                observability.privacy);
        HttpSettings settings = HttpSettings.plain(options.host, options.port).with(options.certificate());
        service = await(HttpService.start(vertx, settings, router::handle));
        traffic = new Traffic(vertx, address(), options.tlsCertificate, options.trafficPerSecond(), options.faultRatio);
        observability.announce("listening on " + address());
        new GateTimer(vertx, observability.releases, observability.llmops.versionSet(), options.release).start();
        traffic.start();
    }

    /** Completes on the event loop of the caller; at once for asynchronous booking. */
    private Future<?> booked(LiveCall call) {
        if (options.booking == GatewayOptions.Booking.asynchronous) {
            return Future.succeededFuture();
        }
        return Future.fromCompletionStage(observability.costs.receipt(call), vertx.getOrCreateContext())
                .timeout(MAX_BOOKING.toMillis(), TimeUnit.MILLISECONDS);
    }

    private AccessControl access() {
        if (options.credentials == null) {
            return new AccessControl(null, options.host, options.insecure);
        }
        Credentials credentials = new Credentials(options.credentials);
        vertx.setPeriodic(
                MILLIS_BETWEEN_REFRESHES,
                due -> vertx.executeBlocking(() -> {
                    credentials.refresh();
                    return credentials;
                }));
        return new AccessControl(credentials, options.host, options.insecure);
    }

    /**
     * Starts a gateway.
     *
     * @param options without {@linkplain GatewayOptions#problems problems}
     */
    static Gateway start(GatewayOptions options, GatewayEnvironment environment) {
        return new Gateway(options, environment);
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
        HttpService mockService = await(HttpService.start(vertx, HttpSettings.plain("127.0.0.1", 0), mock::handle));
        return URI.create("http://127.0.0.1:" + mockService.port());
    }

    /** Returns the folder of what survives a restart. */
    Path dataDir() {
        return dataDir.path();
    }

    /** Returns the address on which the gateway listens. */
    URI address() {
        String name = options.host.contains(":") ? "[" + options.host + "]" : options.host;
        String scheme = options.tlsCertificate == null ? "http://" : "https://";
        return URI.create(scheme + name + ":" + service.port());
    }

    /**
     * Stops accepting requests, gives open ones {@link #GRACE} to end, ends the others, waits for their endings and closes the
     * views in order. Takes at most half a minute.
     */
    @Override
    public void close() {
        traffic.stop();
        observability.view.endStreams();
        Future<Void> shutDown = service.shutDown(GRACE.plus(LAST_WORDS));
        long end = vertx.setTimer(GRACE.toMillis(), over -> models.stopAll());
        await(shutDown);
        vertx.cancelTimer(end);
        // Clients that were cut off end their calls on the event loops.
        models.stopAll();
        int cutShort = models.awaitEndings(ENDINGS);
        if (cutShort > 0) {
            LOG.warn("{} calls did not end in time; they are recorded as cancelled", cutShort);
        }
        observability.close();
        await(vertx.close());
        dataDir.close();
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
