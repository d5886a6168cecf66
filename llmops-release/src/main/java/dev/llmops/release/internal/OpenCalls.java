package dev.llmops.release.internal;

import dev.llmops.core.LiveCall;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the calls under way and when their first tokens came. Most calls are of no release and should cost nothing, so a call
 * takes a free slot among a few that follow from its id, and only one that finds none takes memory. Thread-safe and lock-free.
 */
public final class OpenCalls {

    /** The time to the first token of a call that has none yet. */
    public static final long NO_TOKEN = -1;

    private static final int SLOTS = 1_024;
    private static final int TRIES = 8;

    private final AtomicReferenceArray<@Nullable LiveCall> calls = new AtomicReferenceArray<>(SLOTS);
    private final AtomicLongArray firstTokenNanos = new AtomicLongArray(SLOTS);
    private final Map<LiveCall, Long> others = new ConcurrentHashMap<>();

    public OpenCalls() {
        for (int slot = 0; slot < SLOTS; slot++) {
            firstTokenNanos.set(slot, NO_TOKEN);
        }
    }

    private static int slot(LiveCall call, int attempt) {
        return ((int) call.info().callId().getLeastSignificantBits() + attempt) & (SLOTS - 1);
    }

    private int slotOf(LiveCall call) {
        for (int i = 0; i < TRIES; i++) {
            int slot = slot(call, i);
            if (calls.get(slot) == call) {
                return slot;
            }
        }
        return -1;
    }

    public void add(LiveCall call) {
        for (int i = 0; i < TRIES; i++) {
            int slot = slot(call, i);
            if (calls.get(slot) == null && calls.compareAndSet(slot, null, call)) {
                forgetToken(slot); // One that came while the call before ended.
                return;
            }
        }
        others.put(call, NO_TOKEN);
    }

    public void firstToken(LiveCall call, long nanos) {
        int slot = slotOf(call);
        if (slot < 0) {
            others.replace(call, nanos);
            return;
        }
        firstTokenNanos.set(slot, nanos);
        if (calls.get(slot) != call) { // It ended in the meantime, and the slot is another call's.
            firstTokenNanos.compareAndSet(slot, nanos, NO_TOKEN);
        }
    }

    public void remove(LiveCall call) {
        int slot = slotOf(call);
        if (slot < 0) {
            others.remove(call);
        } else {
            forgetToken(slot);
            calls.setRelease(slot, null);
        }
    }

    /** Most calls have no stream, and a reading is cheaper than a write that all processors agree on. */
    private void forgetToken(int slot) {
        if (firstTokenNanos.get(slot) != NO_TOKEN) {
            firstTokenNanos.set(slot, NO_TOKEN);
        }
    }

    /** Passes on each call with the time to its first token. */
    public void forEach(ObjLongConsumer<LiveCall> action) {
        for (int slot = 0; slot < SLOTS; slot++) {
            LiveCall call = calls.get(slot);
            long nanos = firstTokenNanos.get(slot);
            if (call != null && calls.get(slot) == call) {
                action.accept(call, nanos);
            }
        }
        others.forEach(action::accept);
    }
}
