package dev.llmops.samples.gateway.mock;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import tools.jackson.databind.node.ObjectNode;

/**
 * One answer as server-sent events. Chunks follow an absolute timetable, so that late timers do not add up; all methods
 * run on the request's event loop.
 */
final class MockStream {

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final MockRequest asked;
    private final MockPlan plan;
    private final MockJson json;
    private final MockText reasoning;
    private final MockText content;
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
        json = new MockJson(plan.seed, asked.model());
        reasoning = new MockText(plan.seed);
        content = new MockText(plan.seed);
    }

    /** Streams from the role-only chunk, at half the time to the first token, to the terminator or the fault. */
    void start() {
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-cache");
        dueMillis = plan.ttftMillis / 2;
        whenDue(() -> {
            send(json.roleChunk());
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
        send(json.textChunk((thinking ? reasoning : content).next(end - token), thinking));
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
                String whole = json.textChunk("lost", false).toString();
                event(whole.substring(0, whole.length() / 2));
                return false;
            }
            default -> {
                event(MockError.of(fault).json());
                response.end();
            }
        }
        return true;
    }

    private void finish() {
        send(json.finishChunk(plan));
        if (asked.includeUsage() && plan.fault != MockFault.USAGE_MISSING) {
            send(json.usageChunk(plan));
        }
        response.end("data: [DONE]\n\n");
    }

    private void send(ObjectNode chunk) {
        event(chunk.toString());
    }

    private void event(String data) {
        response.write("data: " + data + "\n\n");
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
