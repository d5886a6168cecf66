package dev.llmops.samples.gateway.http;


/**
 * An answer as server-sent events. It begins with the first event, so that what fails before can still have an HTTP
 * status of its own; a client that reads slowly slows the model call down.
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
     * @param pause stops the source of events while the client reads too slowly
     * @param resume lets it go on
     */
    public void send(String data, Runnable pause, Runnable resume) {
        begin();
        exchange.response.write(frame(data));
        if (exchange.response.writeQueueFull()) {
            pause.run();
            exchange.response.drainHandler(drained -> resume.run());
        }
    }

    /** Sends the last event. */
    public void end(String data) {
        begin();
        exchange.end(frame(data));
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

    private static String frame(String data) {
        return "data: " + data + "\n\n";
    }
}
