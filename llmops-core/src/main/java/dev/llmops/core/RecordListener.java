package dev.llmops.core;

import dev.llmops.core.internal.Backlog;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Receives the records of calls, and what happens to them later, off the threads of the calls: the way in for views that have
 * more to do than a call should wait for.
 *
 * <p>What a listener is told by {@link LlmOps} waits for it together with what all others are told, which costs the call some
 * nanoseconds and no memory. It is told in order: by the common pool after a second at most, by a reader who calls {@link #settle},
 * and by the thread of a call only where thousands wait. A listener that another one passes calls on to is told likewise, but
 * from a queue of its own. Subclasses must be thread-safe. What they throw is counted under {@code llm.telemetry.failures}.
 *
 * <p>See docs/decisions/core.md#views-book-later.
 *
 * @since 0.1.0
 */
public abstract class RecordListener implements LlmListener, TelemetryAware {

    private static final String REMEDY = "fix the listener or report this as a bug; calls are unaffected";

    /** Holds what all listeners are told together, one for each {@link LlmOps} to which this one was added. */
    private final List<Backlog<Object>> shared = new CopyOnWriteArrayList<>();
    /** Holds what another listener passes on; null until one does. */
    private volatile @Nullable Backlog<Object> own;

    private volatile Telemetry telemetry = new Telemetry();

    /** Creates a listener that has been told nothing. */
    protected RecordListener() {}

    /**
     * Called once for each call that has ended.
     *
     * @param record the record of the call
     */
    protected abstract void recorded(CallRecord record);

    /**
     * Called when something happens to a call that has ended, after the call itself.
     *
     * @param event the event
     */
    protected void recorded(LlmEvent event) {}

    /** Waits until this listener was told all that has happened so far; call it before anything is read, holding no lock. */
    protected final void settle() {
        Backlog<Object> passedOn = own;
        if (passedOn != null) {
            passedOn.settle();
        }
        shared.forEach(Backlog::settle);
    }

    /**
     * Returns where this listener counts what it drops.
     *
     * @return that of the {@link LlmOps} to which it was added; one of its own before
     */
    protected final Telemetry telemetry() {
        return telemetry;
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        passedOn(record);
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        passedOn(event);
    }

    private void passedOn(Object callOrEvent) {
        if (shared.isEmpty()) {
            own().add(callOrEvent);
        }
    }

    private Backlog<Object> own() {
        Backlog<Object> known = own;
        if (known == null) {
            synchronized (shared) {
                known = own == null ? new Backlog<>(this::tell) : own;
                own = known;
            }
        }
        return known;
    }

    final void share(Backlog<Object> backlog) {
        shared.add(backlog);
    }

    final void tell(Object callOrEvent) {
        try {
            if (callOrEvent instanceof CallRecord ended) {
                recorded(ended);
            } else {
                recorded((LlmEvent) callOrEvent);
            }
        } catch (Throwable e) {
            telemetry.failure(CallPipeline.name(this) + ".recorded", e, REMEDY);
        }
    }
}
