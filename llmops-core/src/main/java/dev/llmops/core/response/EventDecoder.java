package dev.llmops.core.response;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmops.core.internal.JsonFields;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the events of a response body as its bytes pass: server-sent events, lines of JSON, or one JSON text. Keeps no
 * more than the event in hand, which is dropped if it is longer than {@link #MAX_EVENT_BYTES}. Not thread-safe.
 */
final class EventDecoder {

    static final int MAX_EVENT_BYTES = 1 << 20;

    private static final JsonFields.Visitor NO_FIELDS = (parent, key, value) -> {};

    private final Consumer<ServerSentEvent> events;
    private final Runnable dropped;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private final StringBuilder json = new StringBuilder();
    private @Nullable String name;
    private boolean hasData;
    private boolean hasServerSentEvents;
    private boolean afterReturn;
    private boolean isTooLong;

    /**
     * Creates a decoder.
     *
     * @param events takes each event when it is complete
     * @param dropped runs for each event that is too long
     */
    EventDecoder(Consumer<ServerSentEvent> events, Runnable dropped) {
        this.events = events;
        this.dropped = dropped;
    }

    /** Returns true if the body held server-sent events. */
    boolean hasServerSentEvents() {
        return hasServerSentEvents;
    }

    /** Decodes the next bytes; leaves the buffer's position as it was. */
    void decode(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            byte next = bytes.get(i);
            // A line ends with \n, \r\n or \r.
            if (next != '\n' && next != '\r') {
                append(next);
            } else if (next == '\r' || !afterReturn) {
                endLine();
            }
            afterReturn = next == '\r';
        }
    }

    /**
     * Decodes what is left at the end of the body; an event without its blank line counts.
     *
     * @return false if the body broke off inside a JSON text
     */
    boolean end() {
        endLine();
        dispatch();
        return json.isEmpty();
    }

    private void append(byte next) {
        if (line.size() + data.length() + json.length() < MAX_EVENT_BYTES) {
            line.write(next);
        } else {
            isTooLong = true;
        }
    }

    private void endLine() {
        String text = line.toString(UTF_8);
        line.reset();
        if (isTooLong) {
            isTooLong = false;
            data.setLength(0);
            json.setLength(0);
            hasData = false;
            dropped.run();
        } else if (!json.isEmpty()
                || (!hasServerSentEvents && text.stripLeading().startsWith("{"))) {
            jsonLine(text);
        } else if (text.isEmpty()) {
            dispatch();
        } else {
            field(text);
        }
    }

    /** An object may take one line or many. */
    private void jsonLine(String text) {
        json.append(text).append('\n');
        if (text.stripTrailing().endsWith("}") && JsonFields.scan(json.toString(), NO_FIELDS)) {
            events.accept(new ServerSentEvent(null, json.toString().strip()));
            json.setLength(0);
        }
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + (text.startsWith(": ", colon) ? 2 : 1));
        if (field.equals("event")) {
            name = value;
        } else if (field.equals("data")) {
            hasServerSentEvents = true;
            data.append(hasData ? "\n" : "").append(value);
            hasData = true;
        }
    }

    private void dispatch() {
        if (hasData) {
            events.accept(new ServerSentEvent(name, data.toString()));
        }
        name = null;
        hasData = false;
        data.setLength(0);
    }
}
