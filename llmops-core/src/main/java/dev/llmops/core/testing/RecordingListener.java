package dev.llmops.core.testing;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps calls and later events for the assertions of a test, in order. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RecordingListener implements LlmListener {

    private final List<CallInfo> started = new CopyOnWriteArrayList<>();
    private final List<Long> firstTokensNanos = new CopyOnWriteArrayList<>();
    private final List<CallRecord> records = new CopyOnWriteArrayList<>();
    private final List<LlmEvent> events = new CopyOnWriteArrayList<>();

    /** Creates an empty listener. */
    public RecordingListener() {}

    @Override
    public void callStarted(LiveCall call) {
        started.add(call.info());
    }

    @Override
    public void firstToken(LiveCall call, long timeToFirstTokenNanos) {
        firstTokensNanos.add(timeToFirstTokenNanos);
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        records.add(record);
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        events.add(event);
    }

    /** {@return the calls that started, in order} */
    public List<CallInfo> started() {
        return List.copyOf(started);
    }

    /** {@return the times to the first token in nanoseconds, in order} */
    public List<Long> firstTokensNanos() {
        return List.copyOf(firstTokensNanos);
    }

    /** {@return the records of calls that ended, in order} */
    public List<CallRecord> records() {
        return List.copyOf(records);
    }

    /**
     * Returns the only call that ended.
     *
     * @return its record
     * @throws IllegalStateException if none ended, or several
     */
    public CallRecord onlyRecord() {
        if (records.size() != 1) {
            throw new IllegalStateException("there is not exactly one record (" + records.size()
                    + ") — one call that ended — check the code under test");
        }
        return records.get(0);
    }

    /** {@return the events that occurred after their calls, in order} */
    public List<LlmEvent> events() {
        return List.copyOf(events);
    }
}
