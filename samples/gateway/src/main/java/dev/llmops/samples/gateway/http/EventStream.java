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
    private final StringBuilder added = new StringBuilder();
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
     * Adds an event, which {@link #flush} sends.
     *
     * @param event its name; null for none
     * @param data a single line
     */
    public void add(@Nullable String event, String data) {
        begin();
        if (event != null) {
            added.append("event: ").append(event).append('\n');
        }
        added.append("data: ").append(data).append("\n\n");
    }

    /**
     * Sends the events that were added, in one piece.
     *
     * @param pause stops the source of events while the client reads too slowly
     * @param resume lets it continue
     */
    public void flush(Runnable pause, Runnable resume) {
        if (added.isEmpty()) {
            return;
        }
        exchange.response.write(takeAdded());
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
        add(event, data);
        end();
    }

    /** Ends the answer after the events that were added. */
    public void end() {
        begin();
        exchange.end(takeAdded());
    }

    private String takeAdded() {
        String events = added.toString();
        added.setLength(0);
        return events;
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
}
