package dev.llmops.samples.gateway.mock;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A server-sent event. */
record MockEvent(@Nullable String name, String data) {

    static final MockEvent DONE = new MockEvent(null, "[DONE]");

    static MockEvent of(ObjectNode data) {
        return new MockEvent(null, data.toString());
    }

    /** Creates an event whose data has the event's name as its type. */
    static MockEvent typed(ObjectNode data) {
        return new MockEvent(data.path("type").asString(), data.toString());
    }

    String frame() {
        return (name == null ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
    }
}
