package dev.llmops.core.testing;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Remembers all that it is told, in order. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RecordingListener implements LlmListener {

    private final List<CallInfo> started = new CopyOnWriteArrayList<>();
    private final List<Long> firstTokensNanos = new CopyOnWriteArrayList<>();
    private final List<CallRecord> records = new CopyOnWriteArrayList<>();
    private final List<LlmEvent> events = new CopyOnWriteArrayList<>();

    /** Creates a listener that has been told nothing. */
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

    /**
     * The calls that started.
     *
     * @return their facts, in order
     */
    public List<CallInfo> started() {
        return List.copyOf(started);
    }

    /**
     * The first tokens that came.
     *
     * @return nanoseconds from the start of each call, in order
     */
    public List<Long> firstTokensNanos() {
        return List.copyOf(firstTokensNanos);
    }

    /**
     * The calls that ended.
     *
     * @return their records, in order
     */
    public List<CallRecord> records() {
        return List.copyOf(records);
    }

    /**
     * The only call that ended.
     *
     * @return its record
     * @throws IllegalStateException if none ended, or several
     */
    public CallRecord onlyRecord() {
        if (records.size() != 1) {
            throw new IllegalStateException("expected exactly one record, but there are " + records.size());
        }
        return records.get(0);
    }

    /**
     * The events that occurred later.
     *
     * @return the events, in order
     */
    public List<LlmEvent> events() {
        return List.copyOf(events);
    }
}
