package dev.llmops.logging.read;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Decimals;
import dev.llmops.core.record.LlmEvent;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record of the log back, from a line of a file or the value of a message. What the log does not have, such as gaps
 * between tokens and phases, is absent; ids are as the log shows them. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class LoggedRecord {

    private static final Instant YEAR_10000 = Instant.ofEpochSecond(253_402_300_800L);

    private final Map<String, Object> fields;
    private final Instant timestamp;
    private final String kind;
    private final double sampleRate;

    private LoggedRecord(Map<String, Object> fields, String kind, Instant timestamp) {
        this.fields = fields;
        this.sampleRate = sampleRate(fields.get("sample_rate"));
        this.kind = kind;
        this.timestamp = timestamp;
    }

    /**
     * Reads a record.
     *
     * @param json the text of one record
     * @return the record
     * @throws IllegalArgumentException if the text is no record of version 1 of the schema
     */
    public static LoggedRecord of(String json) {
        Map<String, Object> fields = JsonReader.object(json);
        String schema = RecordReader.text(fields, "schema", "");
        if (!schema.startsWith("llmops.") || !schema.endsWith("/1")) {
            throw new IllegalArgumentException("schema is unknown ('" + schema
                    + "') — records of the call log, version 1, are read — skip the line");
        }
        try {
            Instant timestamp = Instant.parse(RecordReader.text(fields, "timestamp", ""));
            if (timestamp.isBefore(Instant.EPOCH) || !timestamp.isBefore(YEAR_10000)) {
                throw new DateTimeException("a year from 1970 to 9999 is read");
            }
            return new LoggedRecord(fields, schema.substring(0, schema.length() - 2), timestamp);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "timestamp is none ('" + fields.get("timestamp") + "') — ISO 8601 in UTC is read — skip the line",
                    e);
        }
    }

    /**
     * Returns the kind of record, see {@link dev.llmops.logging.LogEntry#name()}.
     *
     * @return such as {@code llmops.call}
     */
    public String kind() {
        return kind;
    }

    /**
     * Returns true if the record is of a call that ended, and not of something later.
     *
     * @return true for {@code llmops.call}
     */
    public boolean isCall() {
        return kind.equals("llmops.call");
    }

    /**
     * Returns the time of the event, in whole milliseconds.
     *
     * @return for a call, its end
     */
    public Instant timestamp() {
        return timestamp;
    }

    /**
     * Returns the call's id.
     *
     * @return the id; empty if the record has none
     */
    public String callId() {
        return RecordReader.text(fields, "call_id", "");
    }

    /**
     * Returns the share for which the record stands.
     *
     * @return in (0, 1]; 1 unless the log was sampled
     */
    public double sampleRate() {
        return sampleRate;
    }

    private static double sampleRate(@Nullable Object written) {
        try {
            return written == null
                    ? 1
                    : Decimals.sampleRate(written instanceof Number rate ? rate.doubleValue() : Double.NaN);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "sample_rate is no share (" + written + ") — more than 0 and at most 1 is read — skip the line", e);
        }
    }

    /**
     * Returns the fields.
     *
     * @return texts, booleans, Long and BigDecimal, lists and maps of these, unmodifiable
     */
    public Map<String, Object> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /**
     * Returns the call that the record is of.
     *
     * @return the call
     * @throws IllegalArgumentException if the record is of no call, or a field is none of the schema's
     */
    public CallRecord call() {
        return call(timestamp);
    }

    /**
     * Returns the call that the record is of, with an end that is known more exactly than in milliseconds.
     *
     * @param endedAt when the call ended
     * @return the call
     * @throws IllegalArgumentException if the record is of no call, or a field is none of the schema's
     */
    public CallRecord call(Instant endedAt) {
        if (!isCall()) {
            throw new IllegalArgumentException(
                    "the record is of no call (" + kind + ") — only llmops.call has one — ask isCall first");
        }
        return new RecordReader(fields).call(endedAt);
    }

    /**
     * Returns the facts of the call, which later events have too, apart from its start.
     *
     * @param startedAt when the call started
     * @return the facts
     * @throws IllegalArgumentException if a field is none of the schema's
     */
    public CallInfo info(Instant startedAt) {
        return new RecordReader(fields).info(startedAt);
    }

    /**
     * Returns what happened to a call later.
     *
     * @param call the facts of the call
     * @return the event; null if the record is of a call, or lacks what such an event must have
     */
    public @Nullable LlmEvent event(CallInfo call) {
        return switch (kind) {
            case "llmops.feedback" -> feedback(call);
            case "llmops.evaluation" -> evaluation(call);
            case "llmops.refusal" ->
                new LlmEvent.Refusal(call, timestamp, RecordReader.text(fields, "reason", "unknown"));
            case "llmops.risk" ->
                RecordReader.maps(fields, "risk").stream()
                        .findFirst()
                        .map(risk -> new LlmEvent.Risk(call, timestamp, RecordReader.risk(risk)))
                        .orElse(null);
            default -> null;
        };
    }

    private @Nullable LlmEvent feedback(CallInfo call) {
        String verdict = RecordReader.text(fields, "verdict", "").toUpperCase(Locale.ROOT);
        String comment = RecordReader.text(fields, "comment");
        return switch (verdict) {
            case "UP" -> new LlmEvent.Feedback(call, timestamp, LlmEvent.Verdict.UP, comment);
            case "DOWN" -> new LlmEvent.Feedback(call, timestamp, LlmEvent.Verdict.DOWN, comment);
            default -> null;
        };
    }

    private LlmEvent evaluation(CallInfo call) {
        double score = fields.get("score") instanceof Number number
                ? new BigDecimal(number.toString()).doubleValue()
                : Double.NaN;
        return new LlmEvent.Evaluation(
                call,
                timestamp,
                RecordReader.text(fields, "evaluation", ""),
                score,
                RecordReader.text(fields, "label"),
                RecordReader.text(fields, "explanation"),
                RecordReader.text(fields, "evaluator"));
    }
}
