package dev.llmops.logging;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

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
    private final FieldWriter.Source fields;
    private volatile @Nullable JsonMap map;
    private volatile @Nullable String json;

    LogEntry(String name, Instant timestamp, String message, FieldWriter.Source fields) {
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
        return map();
    }

    /**
     * The record as JSON.
     *
     * @return one line that validates against the published schema
     */
    public String json() {
        String known = json;
        if (known == null) {
            known = JsonText.of(this);
            json = known;
        }
        return known;
    }

    /** The same entry, cut to fit. */
    LogEntry within(SizeCap cap) {
        if (cap.surelyFits(fields)) {
            return this;
        }
        JsonMap fitting = cap.fit(map());
        return fitting.equals(map()) ? this : new LogEntry(name, timestamp, message, fitting);
    }

    /** The same entry without the call's record, of which entries that stay in memory must not keep what no field shows. */
    LogEntry detached() {
        return new LogEntry(name, timestamp, message, map());
    }

    /** Writes the fields straight from where they are. */
    void writeTo(FieldWriter out) {
        fields.writeTo(out);
    }

    /** Writes the record as JSON; see {@link JsonFieldWriter}. */
    void writeTo(JsonGenerator json, boolean isOurs) {
        if (fields instanceof JsonMap made) {
            JsonText.write(json, isOurs ? made : made.harmless());
        } else {
            json.writeStartObject();
            fields.writeTo(new JsonFieldWriter(json, isOurs));
            json.writeEndObject();
        }
    }

    /** Returns the fields as a map, which is made when someone asks for it. */
    JsonMap map() {
        if (fields instanceof JsonMap made) {
            return made;
        }
        JsonMap known = map;
        if (known == null) {
            var writer = new MapWriter();
            fields.writeTo(writer);
            known = writer.map();
            map = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "LogEntry[" + name + " " + timestamp + " " + message + "]";
    }
}
