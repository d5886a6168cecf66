package dev.llmops.logging;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a {@link LogSink}: the record of a call, or of what happened to it later. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class LogEntry {

    private final String name;
    private final Instant timestamp;
    private final String message;
    private final JsonMap fields;
    private volatile @Nullable String json;

    LogEntry(String name, Instant timestamp, String message, JsonMap fields) {
        this.name = name;
        this.timestamp = timestamp;
        this.message = message;
        this.fields = fields;
    }

    /**
     * Returns the kind of event.
     *
     * @return {@code llmops.call}, {@code llmops.feedback}, {@code llmops.evaluation}, {@code llmops.refusal} or {@code
     *     llmops.risk}
     */
    public String name() {
        return name;
    }

    /**
     * Tells the record of a call from those of later events.
     *
     * @return true for {@code llmops.call}
     */
    public boolean isCall() {
        return name.equals(CallLog.CALL);
    }

    /**
     * Returns the time of the event: for a call, when it ended.
     *
     * @return an instant of the wall clock
     */
    public Instant timestamp() {
        return timestamp;
    }

    /**
     * A short text for people, safe to print as it is.
     *
     * @return one line without control characters, such as {@code chat openai/gpt-4o completed 1750 ms}
     */
    public String message() {
        return message;
    }

    /**
     * The record. Values are String, Boolean, Long, Double, BigDecimal, and lists and maps of these.
     *
     * @return an unmodifiable map, in the order of the schema, whose {@code toString()} is {@link #json()}
     */
    public Map<String, Object> fields() {
        return fields;
    }

    /**
     * The record as JSON.
     *
     * @return one line that validates against the published schema
     */
    public String json() {
        String known = json;
        if (known == null) {
            known = JsonText.of(fields);
            json = known;
        }
        return known;
    }

    /** The same entry, cut to fit. */
    LogEntry within(SizeCap cap) {
        JsonMap fitting = cap.fit(fields);
        return fitting.equals(fields) ? this : new LogEntry(name, timestamp, message, fitting);
    }

    JsonMap map() {
        return fields;
    }

    @Override
    public String toString() {
        return "LogEntry[" + name + " " + timestamp + " " + message + "]";
    }
}
