package dev.llmops.test;

import dev.llmops.logging.CallLog;
import dev.llmops.logging.LogEntry;
import dev.llmops.logging.LogSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps log events in memory, as structures and not as text; no logging back end takes part. Needs {@code llmops-logging}
 * on the class path.
 *
 * <pre>{@code
 * LogCapture logs = LogCapture.create();
 * LlmOps llmops = LlmOps.builder().listener(logs.listener()).build();
 * ...
 * assertEquals("success", logs.onlyCall().get("status"));
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class LogCapture {

    private static final String CALL = "llmops.call";

    private final List<LogEntry> entries = new CopyOnWriteArrayList<>();

    private LogCapture() {}

    /**
     * Starts a capture.
     *
     * @return a capture that has seen nothing
     */
    public static LogCapture create() {
        return new LogCapture();
    }

    /**
     * A log with every default that writes here alone.
     *
     * @return a listener for {@code LlmOps}; each call makes another one
     */
    public CallLog listener() {
        return CallLog.builder().sink(sink()).build();
    }

    /**
     * The sink behind {@link #listener()}, for a {@link CallLog} with settings of its own.
     *
     * @return a sink that writes here
     */
    public LogSink sink() {
        return entries::add;
    }

    /**
     * All events so far: of calls, and of what happened to them later.
     *
     * @return the entries, in the order they were logged
     */
    public List<LogEntry> entries() {
        return List.copyOf(entries);
    }

    /**
     * The events of calls.
     *
     * @return their records by the field names of the schema, in the order they were logged
     */
    public List<Map<String, Object>> calls() {
        return entries.stream()
                .filter(entry -> entry.name().equals(CALL))
                .map(LogEntry::fields)
                .toList();
    }

    /**
     * The event of the only call.
     *
     * @return its record by the field names of the schema
     * @throws AssertionError if no call was logged, or several
     */
    public Map<String, Object> onlyCall() {
        List<Map<String, Object>> calls = calls();
        if (calls.size() != 1) {
            throw new AssertionError("there is not the log event of exactly one call (" + calls.size()
                    + ") — one call that ended — check the code under test");
        }
        return calls.get(0);
    }
}
