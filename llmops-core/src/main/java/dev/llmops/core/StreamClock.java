package dev.llmops.core;

import dev.llmops.core.record.Timing;
import dev.llmops.core.stream.InterTokenHistogram;
import dev.llmops.core.stream.InterTokenRecorder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Computes the streaming figures of one call: arrival times, tokens, and the gaps between them.
 *
 * <p>One thread at a time writes; another may end the call meanwhile. A sequence number guards the fields as in a
 * seqlock: the writer makes it odd before it touches them and even afterwards, with nothing stronger than ordered stores,
 * and the reader retries until it saw the same even number on both sides. The reader has announced the end by then, so
 * the writer stops after the chunk in hand and the reader cannot starve. A chunk that begins at the very moment of an
 * ending on another thread may come too late for the record, or be in it. See docs/decisions/core.md#the-seqlock-keeps-its-writer-free-of-fences-the-price-is-named.
 */
final class StreamClock {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int SPINS = 64;
    private static final long PAUSE_NANOS = 1_000;
    private static final VarHandle SEQUENCE;

    static {
        try {
            SEQUENCE = MethodHandles.lookup().findVarHandle(StreamClock.class, "sequence", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long startNanos;

    @SuppressWarnings("UnusedVariable") // through SEQUENCE
    private int sequence;

    private long lastChunkNanos;
    private long firstChunkNanos = NEVER;
    private long firstTokenNanos = NEVER;
    private long firstOutputNanos = NEVER;
    private long lastTokenNanos = NEVER;
    private long tokens;
    private @Nullable InterTokenRecorder gaps;

    StreamClock(long startNanos) {
        this.startNanos = startNanos;
        this.lastChunkNanos = startNanos;
    }

    /** Records a chunk, no earlier than the one before it; returns true for the first one with content. */
    boolean chunk(long atNanos, int contentTokens, boolean reasoning) {
        long nowNanos = atNanos - lastChunkNanos < 0 ? lastChunkNanos : atNanos;
        int before = (int) SEQUENCE.get(this);
        SEQUENCE.setOpaque(this, before + 1);
        VarHandle.storeStoreFence();
        boolean first = false;
        if (firstChunkNanos == NEVER) {
            firstChunkNanos = nowNanos;
        }
        lastChunkNanos = nowNanos;
        if (contentTokens > 0) {
            first = content(nowNanos, contentTokens, reasoning);
        }
        SEQUENCE.setRelease(this, before + 2);
        return first;
    }

    private boolean content(long nowNanos, int contentTokens, boolean reasoning) {
        boolean first = firstTokenNanos == NEVER;
        if (first) {
            firstTokenNanos = nowNanos;
            gaps = new InterTokenRecorder();
        } else if (gaps != null) {
            gaps.record(nowNanos - lastTokenNanos, contentTokens);
        }
        if (!reasoning && firstOutputNanos == NEVER) {
            firstOutputNanos = nowNanos;
        }
        lastTokenNanos = nowNanos;
        tokens += contentTokens;
        return first;
    }

    long timeToFirstTokenNanos() {
        return firstTokenNanos - startNanos;
    }

    /** Returns the stream's totals up to the end of the call; must run once, after no new chunk can begin. */
    Totals finish(long endNanos) {
        for (int tries = 1; ; tries++) {
            int before = (int) SEQUENCE.getAcquire(this);
            if ((before & 1) == 0) {
                Totals totals = read(endNanos);
                VarHandle.loadLoadFence();
                if (before == (int) SEQUENCE.getOpaque(this)) {
                    return totals;
                }
            }
            if (tries % SPINS == 0) {
                // The writer lost its processor in the midst of a chunk.
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private Totals read(long endNanos) {
        InterTokenHistogram histogram = gaps == null ? InterTokenHistogram.empty() : gaps.snapshot();
        return new Totals(
                until(endNanos, firstChunkNanos),
                until(endNanos, firstTokenNanos),
                until(endNanos, firstOutputNanos),
                until(endNanos, lastTokenNanos),
                tokens,
                histogram);
    }

    /** A chunk that claims to have come after the end came with it. */
    private static long until(long endNanos, long nanos) {
        return nanos != NEVER && endNanos - nanos < 0 ? endNanos : nanos;
    }

    /** A consistent reading of the stream. */
    record Totals(
            long firstChunkNanos,
            long firstTokenNanos,
            long firstOutputNanos,
            long lastTokenNanos,
            long tokens,
            InterTokenHistogram gaps) {

        boolean hasChunks() {
            return firstChunkNanos != NEVER;
        }

        Timing.Builder timing(long startNanos, long endNanos, long outputTokens) {
            Timing.Builder timing = Timing.builder(endNanos - startNanos).interToken(gaps);
            if (firstChunkNanos != NEVER) {
                timing.timeToFirstChunkNanos(firstChunkNanos - startNanos);
            }
            if (firstTokenNanos != NEVER) {
                timing.timeToFirstTokenNanos(firstTokenNanos - startNanos)
                        .generation(lastTokenNanos - firstTokenNanos, outputTokens);
            }
            if (firstOutputNanos != NEVER) {
                timing.timeToFirstOutputNanos(firstOutputNanos - startNanos);
            }
            return timing;
        }
    }
}
