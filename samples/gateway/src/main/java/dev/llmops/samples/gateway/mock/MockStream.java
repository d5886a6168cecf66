package dev.llmops.samples.gateway.mock;

import dev.llmops.samples.gateway.provider.ApiFormat;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * An answer as server-sent events. Chunks follow an absolute timetable, so that late timers do not add up; all methods
 * run on the request's event loop.
 */
final class MockStream {

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final MockRequest asked;
    private final MockPlan plan;
    private final MockShape shape;
    private final MockText reasoning;
    private final MockWords content;
    private final long startNanos = System.nanoTime();

    private double dueMillis;
    private int token;
    private boolean struck;

    MockStream(Vertx vertx, HttpServerRequest request, MockRequest asked, MockPlan plan) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.asked = asked;
        this.plan = plan;
        shape = asked.newShape(plan);
        reasoning = new MockText(plan.seed);
        content = asked.words(plan);
    }

    /** Streams from the head, at half the time to the first token, to the terminator or the fault. */
    void start() {
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-cache");
        dueMillis = plan.ttftMillis / 2;
        whenDue(() -> {
            shape.head().forEach(this::send);
            dueMillis = plan.ttftMillis;
            whenDue(this::nextChunks);
        });
    }

    /** Sends every chunk whose time has come, then sleeps until the next. */
    private void nextChunks() {
        while (!response.closed()) {
            if (plan.fault != null && plan.fault.strikesAtToken() && token == plan.faultAfter && !struck) {
                struck = true;
                if (strikeEnds(plan.fault)) {
                    return;
                }
            }
            if (token == plan.outputTokens) {
                finish();
                return;
            }
            sendTokens();
            dueMillis += plan.nextGapMillis();
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> whenDue(this::nextChunks));
                return;
            }
            if (untilDue() > 0) {
                whenDue(this::nextChunks);
                return;
            }
        }
    }

    private void sendTokens() {
        boolean thinking = plan.isReasoning(token);
        int end = plan.chunkEnd(token);
        send(shape.text((thinking ? reasoning : content).next(end - token), thinking));
        token = end;
    }

    private boolean strikeEnds(MockFault fault) {
        switch (fault) {
            case STALL -> {
                // Silence until the client gives up.
            }
            case CONNECTION_DROP ->
                response.write(": connection lost\n\n")
                        .onComplete(written -> request.connection().close());
            case MALFORMED_CHUNK -> {
                String whole = shape.text("lost", false).data();
                send(new MockEvent(null, whole.substring(0, whole.length() / 2)));
                return false;
            }
            default -> {
                send(new MockEvent(
                        asked.format() == ApiFormat.MESSAGES ? "error" : null,
                        MockError.of(fault).json()));
                response.end();
            }
        }
        return true;
    }

    private void finish() {
        boolean usage = asked.includeUsage() && plan.fault != MockFault.USAGE_MISSING;
        shape.tail(plan, usage).forEach(this::send);
        response.end();
    }

    private void send(MockEvent event) {
        response.write(event.frame());
    }

    private void whenDue(Runnable step) {
        long delay = untilDue();
        if (delay <= 0) {
            step.run();
        } else {
            vertx.setTimer(delay, timer -> {
                if (!response.closed()) {
                    step.run();
                }
            });
        }
    }

    private long untilDue() {
        return Math.round(dueMillis - (System.nanoTime() - startNanos) / 1e6);
    }
}
