package dev.llmops.core;

import dev.llmops.core.record.ErrorKind;
import org.jspecify.annotations.Nullable;

/** A phase or a tool that has begun; guarded by the monitor of its call's state. */
final class OpenInterval {

    private static final long OPEN = Long.MIN_VALUE;

    final CallState call;
    final String name;
    final long startNanos;
    int depth;

    @Nullable
    ErrorKind errorKind;

    private long endNanos = OPEN;

    OpenInterval(CallState call, String name, long startNanos) {
        this.call = call;
        this.name = name;
        this.startNanos = startNanos;
    }

    /** Closes the interval; false when it was closed before. */
    boolean close(long nowNanos) {
        boolean wasOpen = endNanos == OPEN;
        if (wasOpen) {
            endNanos = nowNanos;
        }
        return wasOpen;
    }

    /** Returns the duration; an open interval ends with its call. */
    long nanosUntil(long callEndNanos) {
        return (endNanos == OPEN ? callEndNanos : endNanos) - startNanos;
    }
}
