package dev.llmops.samples.gateway.mock;

import dev.llmops.samples.gateway.provider.ApiFormat;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A model provider without a model: the APIs of {@link ApiFormat}, streaming and not, and {@code /v1/models}. By default it
 * draws latencies and lengths from seeded log-normal distributions; the request header {@code x-mock} overrides any of
 * them and orders faults.
 *
 * <p>One instance may serve several event loops.
 */
public final class MockProvider {

    private final Vertx vertx;
    private final long seed;
    private final AtomicLong requests = new AtomicLong();

    /**
     * Creates a provider.
     *
     * @param vertx whose timers pace the streams
     * @param seed where the sequence of drawn answers begins: the n-th request of each run draws the same answer
     */
    public MockProvider(Vertx vertx, long seed) {
        this.vertx = vertx;
        this.seed = seed;
    }

    /**
     * Answers one request.
     *
     * @param request as the HTTP server hands it over
     */
    public void handle(HttpServerRequest request) {
        String path = Objects.requireNonNullElse(request.path(), "");
        Optional<ApiFormat> format = Stream.of(ApiFormat.values())
                .filter(each -> path.equals("/v1" + each.path()))
                .findFirst();
        if (format.isPresent() && request.method().equals(HttpMethod.POST)) {
            request.body().onSuccess(body -> answer(request, format.get(), body));
        } else if (path.startsWith(MockModels.PATH) && request.method().equals(HttpMethod.GET)) {
            MockModels.answer(request.response(), path);
        } else {
            refuse(request.response(), MockError.notFound(request.method() + " " + path));
        }
    }

    private void answer(HttpServerRequest request, ApiFormat format, Buffer body) {
        MockRequest asked;
        MockScript script;
        try {
            script = MockScript.parse(request.getHeader("x-mock"));
            asked = MockRequest.parse(format, body.getBytes());
        } catch (IllegalArgumentException e) {
            refuse(request.response(), MockError.badRequest(String.valueOf(e.getMessage())));
            return;
        }
        MockPlan plan = new MockPlan(
                script,
                asked.promptTokens(),
                asked.maxTokens(),
                drawSeed(),
                MockDefect.ofBaggage(request.getHeader("baggage")));
        if (plan.fault != null && plan.refusesAtOnce()) {
            refuse(request.response(), MockError.of(plan.fault));
        } else if (asked.stream()) {
            new MockStream(vertx, request, asked, plan).start();
        } else {
            new MockCompletion(request, asked, plan).start(vertx);
        }
    }

    private long drawSeed() {
        return new SplittableRandom(seed + requests.getAndIncrement()).nextLong();
    }

    static void refuse(HttpServerResponse response, MockError error) {
        if (error.retryAfter() != null) {
            response.putHeader("Retry-After", error.retryAfter());
        }
        response.setStatusCode(error.status())
                .putHeader("Content-Type", "application/json")
                .end(error.json());
    }
}
