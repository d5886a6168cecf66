package dev.llmops.samples.gateway.mock;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** An answer in one piece, as late as the stream of the same plan would have ended. */
final class MockCompletion {

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final MockPlan plan;
    private final MockRequest asked;
    private final MockShape shape;

    MockCompletion(HttpServerRequest request, MockRequest asked, MockPlan plan) {
        this.request = request;
        this.response = request.response();
        this.plan = plan;
        this.asked = asked;
        shape = asked.newShape(plan);
    }

    void start(Vertx vertx) {
        vertx.setTimer(Math.max(1, Math.round(millisUntilEnd())), timer -> {
            if (!response.closed()) {
                answer();
            }
        });
    }

    private double millisUntilEnd() {
        double millis = plan.ttftMillis;
        for (int token = plan.chunkEnd(0);
                asked.format().generates() && token < Math.min(plan.outputTokens, plan.faultAfter); ) {
            millis += plan.nextGapMillis();
            token = plan.chunkEnd(token);
        }
        return millis;
    }

    private void answer() {
        String reasoning = new MockText(plan.seed).next(plan.reasoningTokens);
        String content = asked.words(plan).next(plan.outputTokens - plan.reasoningTokens);
        String body = shape.whole(plan, reasoning, content).toString();
        String half = body.substring(0, body.length() / 2);
        response.putHeader("Content-Type", "application/json");
        if (plan.fault == null || plan.fault == MockFault.USAGE_MISSING) {
            response.end(body);
            return;
        }
        switch (plan.fault) {
            case STALL -> {
                // Silence until the client gives up.
            }
            case CONNECTION_DROP ->
                response.setChunked(true)
                        .write(half)
                        .onComplete(written -> request.connection().close());
            case MALFORMED_CHUNK -> response.end(half);
            default -> MockProvider.refuse(response, MockError.of(plan.fault));
        }
    }
}
