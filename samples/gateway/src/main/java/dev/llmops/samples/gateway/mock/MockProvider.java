package dev.llmops.samples.gateway.mock;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An OpenAI-compatible model provider without a model: {@code POST /v1/chat/completions}, streaming and not. Unasked,
 * it draws latencies and lengths from seeded log-normal distributions; the request header {@code x-mock} overrides any
 * of them and orders faults.
 *
 * <p>One instance may serve several event loops.
 */
public final class MockProvider {

    /** The only path that is served. */
    public static final String PATH = "/v1/chat/completions";

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
        if (!PATH.equals(request.path()) || !request.method().equals(HttpMethod.POST)) {
            refuse(request.response(), MockError.notFound(request.method() + " " + request.path()));
            return;
        }
        request.body().onSuccess(body -> answer(request, body));
    }

    private void answer(HttpServerRequest request, Buffer body) {
        MockRequest asked;
        MockScript script;
        try {
            script = MockScript.parse(request.getHeader("x-mock"));
            asked = MockRequest.parse(body.getBytes());
        } catch (IllegalArgumentException e) {
            refuse(request.response(), MockError.badRequest(String.valueOf(e.getMessage())));
            return;
        }
        MockPlan plan = new MockPlan(script, asked.promptTokens(), asked.maxTokens(), drawSeed());
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
