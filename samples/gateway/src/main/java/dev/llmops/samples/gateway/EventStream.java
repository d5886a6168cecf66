package dev.llmops.samples.gateway;

/**
 * An answer as server-sent events. It begins with the first event, so that what fails before can still have an HTTP
 * status of its own; a client that reads slowly slows the model call down.
 */
final class EventStream {

    private final Exchange exchange;
    private boolean begun;

    EventStream(Exchange exchange) {
        this.exchange = exchange;
    }

    boolean isBegun() {
        return begun;
    }

    void send(String data, ModelCall source) {
        begin();
        exchange.response.write(frame(data));
        if (exchange.response.writeQueueFull()) {
            source.pause();
            exchange.response.drainHandler(drained -> source.resume());
        }
    }

    /** Sends the last event. */
    void end(String data) {
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
