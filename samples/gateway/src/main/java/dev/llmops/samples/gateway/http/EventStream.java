package dev.llmops.samples.gateway.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer as server-sent events. The response begins with the first event, so that an earlier failure still has its own
 * HTTP status; a slow client slows the model call down, and one that reads nothing for a minute is cut off.
 */
public final class EventStream {

    private final Exchange exchange;
    private final Duration patience;
    private boolean begun;
    private boolean isStalled;

    public EventStream(Exchange exchange) {
        this(exchange, Connections.PATIENCE);
    }

    /**
     * @param patience how long the client may read nothing while what was sent waits for it
     */
    EventStream(Exchange exchange, Duration patience) {
        this.exchange = exchange;
        this.patience = patience;
    }

    public boolean isBegun() {
        return begun;
    }

    /**
     * Sends one event.
     *
     * @param event its name; null for none
     * @param data a single line
     * @param pause stops the source of events while the client reads too slowly
     * @param resume lets it continue
     */
    public void send(@Nullable String event, String data, Runnable pause, Runnable resume) {
        begin();
        exchange.response.write(frame(event, data));
        if (exchange.response.writeQueueFull() && !isStalled) {
            isStalled = true;
            pause.run();
            long limit =
                    exchange.vertx.setTimer(patience.toMillis(), due -> Connections.cut(exchange.request.connection()));
            exchange.response.drainHandler(drained -> {
                exchange.vertx.cancelTimer(limit);
                isStalled = false;
                resume.run();
            });
        }
    }

    /** Sends the last event and ends the answer. */
    public void end(@Nullable String event, String data) {
        begin();
        exchange.end(frame(event, data));
    }

    /** Ends the answer after the events that were sent. */
    public void end() {
        begin();
        exchange.end("");
    }

    private void begin() {
        if (!begun) {
            begun = true;
            exchange.response
                    .setChunked(true)
                    .putHeader("Content-Type", "text/event-stream")
                    .putHeader("Cache-Control", "no-cache");
        }
    }

    private static String frame(@Nullable String event, String data) {
        return (event == null ? "" : "event: " + event + "\n") + "data: " + data + "\n\n";
    }
}
