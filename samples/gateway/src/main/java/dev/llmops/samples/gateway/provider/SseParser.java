package dev.llmops.samples.gateway.provider;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events from bytes that arrive in pieces of any size. Of an event, name and data are kept: providers
 * use nothing else. As the standard says, an event that the end of the stream cuts off is dropped.
 *
 * <p>Not safe for use by several threads.
 */
final class SseParser {

    /** The longest event that is accepted, in bytes. */
    static final int MAX_EVENT_BYTES = 4 << 20;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final BiConsumer<@Nullable String, String> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final StringBuilder data = new StringBuilder(512);
    private @Nullable String name;
    private boolean hasData;
    private boolean firstLine = true;
    private boolean afterCarriageReturn;

    /**
     * @param events receives the name of each event, null if it has none, and its data, lines joined by line feeds
     */
    SseParser(BiConsumer<@Nullable String, String> events) {
        this.events = events;
    }

    /**
     * Takes the next bytes.
     *
     * @throws ProtocolException when an event grows beyond {@link #MAX_EVENT_BYTES}
     */
    void feed(byte[] bytes) throws ProtocolException {
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte next = bytes[i];
            if (next == '\n' && afterCarriageReturn) {
                from = i + 1;
            } else if (next == '\n' || next == '\r') {
                append(bytes, from, i);
                endLine();
                from = i + 1;
            }
            afterCarriageReturn = next == '\r';
        }
        append(bytes, from, bytes.length);
    }

    private void append(byte[] bytes, int from, int to) throws ProtocolException {
        if (line.size() + data.length() + (to - from) > MAX_EVENT_BYTES) {
            throw new ProtocolException("an event of the stream is longer than " + MAX_EVENT_BYTES + " bytes");
        }
        line.write(bytes, from, to - from);
    }

    // Lines are decoded whole, so a character that is split between two pieces survives.
    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (firstLine && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        firstLine = false;
        if (text.isEmpty()) {
            endEvent();
        } else if (text.equals("data") || text.startsWith("data:")) {
            addData(valueOf(text, "data:"));
        } else if (text.startsWith("event:")) {
            name = valueOf(text, "event:");
        }
    }

    private static String valueOf(String line, String field) {
        String value = line.substring(Math.min(line.length(), field.length()));
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private void addData(String value) {
        if (hasData) {
            data.append('\n');
        }
        data.append(value);
        hasData = true;
    }

    private void endEvent() {
        @Nullable String eventName = name;
        name = null;
        if (hasData) {
            String eventData = data.toString();
            data.setLength(0);
            hasData = false;
            events.accept(eventName, eventData);
        }
    }
}
