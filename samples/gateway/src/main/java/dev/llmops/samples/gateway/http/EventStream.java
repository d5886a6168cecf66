package dev.llmops.samples.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * An answer as server-sent events. The response begins with the first event, so that an earlier failure still has its own
 * HTTP status; a slow client slows the model call down, and one that reads nothing for a minute is cut off.
 */
public final class EventStream {

    private final Exchange exchange;
    private boolean begun;

    public EventStream(Exchange exchange) {
        this.exchange = exchange;
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
        if (exchange.response.writeQueueFull()) {
            pause.run();
            long patience = exchange.vertx.setTimer(
                    Connections.PATIENCE.toMillis(),
                    due -> exchange.request.connection().close());
            exchange.response.drainHandler(drained -> {
                exchange.vertx.cancelTimer(patience);
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
