package dev.llmops.samples.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
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
    /** The start of a line whose end has not arrived yet. */
    private final ByteArrayOutputStream start = new ByteArrayOutputStream();

    private @Nullable String name;
    private @Nullable String data;
    /** The data of an event of several lines; most have one, which needs no copy. */
    private @Nullable StringBuilder lines;

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
                checkLength(i - from);
                endLine(bytes, from, i);
                from = i + 1;
            }
            afterCarriageReturn = next == '\r';
        }
        checkLength(bytes.length - from);
        start.write(bytes, from, bytes.length - from);
    }

    private void checkLength(int more) throws ProtocolException {
        int known = lines != null ? lines.length() : data != null ? data.length() : 0;
        if (start.size() + known + more > MAX_EVENT_BYTES) {
            throw new ProtocolException("an event of the stream is longer than " + MAX_EVENT_BYTES + " bytes");
        }
    }

    // Lines are decoded whole, so a character that is split between two pieces survives.
    private void endLine(byte[] bytes, int from, int to) {
        if (start.size() == 0) {
            line(bytes, from, to);
        } else {
            start.write(bytes, from, to - from);
            byte[] line = start.toByteArray();
            start.reset();
            line(line, 0, line.length);
        }
    }

    private void line(byte[] bytes, int from, int to) {
        if (from == to) {
            endEvent();
            return;
        }
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        String field = new String(bytes, from, colon - from, UTF_8);
        if (firstLine && field.startsWith(BYTE_ORDER_MARK)) {
            field = field.substring(1);
        }
        firstLine = false;
        int value = Math.min(to, colon + (colon + 1 < to && bytes[colon + 1] == ' ' ? 2 : 1));
        switch (field) {
            case "data" -> addData(new String(bytes, value, to - value, UTF_8));
            case "event" -> name = new String(bytes, value, to - value, UTF_8);
            default -> {} // comments, and what providers do not use
        }
    }

    private void addData(String line) {
        if (data == null) {
            data = line;
        } else {
            lines = lines == null ? new StringBuilder(data) : lines;
            lines.append('\n').append(line);
        }
    }

    private void endEvent() {
        @Nullable String eventName = name;
        @Nullable String eventData = lines == null ? data : lines.toString();
        name = null;
        data = null;
        lines = null;
        if (eventData != null) {
            events.accept(eventName, eventData);
        }
    }
}
