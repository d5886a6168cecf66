package dev.llmops.core.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what listeners are told until they book it, so that the thread of the call does not wait for the booking.
 *
 * <p>To add costs some nanoseconds, takes no lock and no memory. What was added is booked in its order and by one thread at a
 * time: before anything is read, if the reader calls {@link #settle}; by the common pool, as soon as a quarter of the
 * {@value #CAPACITY} places is taken, and after a second in any case; and by the caller where all places are taken, so that
 * nothing is lost. Thread-safe.
 *
 * <p>See docs/decisions/core.md#views-book-later.
 *
 * @param <T> what the listeners are told
 */
public final class Backlog<T> {

    /** The number of additions that may wait: {@value}. */
    public static final int CAPACITY = 4_096;

    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final int QUARTER = CAPACITY / 4;

    private final Consumer<T> booking;
    private final Wakeup soon;
    private final Wakeup later;
    private final @Nullable Object[] places = new @Nullable Object[CAPACITY];
    /** The number of additions, which the next one follows. */
    private final AtomicLong added = new AtomicLong();
    /** The number of those that have left their places; written under this object's monitor. */
    private final AtomicLong taken = new AtomicLong();
    /** Up to this number there is room for certain. Apart from {@link #taken}, which moves with every booking. */
    private volatile long room = CAPACITY;

    /** A settlement that somebody else will run, asked for once until it begins. */
    private final class Wakeup implements Runnable {
        private final Executor executor;
        private final AtomicBoolean isAsked = new AtomicBoolean();

        Wakeup(Executor executor) {
            this.executor = executor;
        }

        void ask() {
            if (!isAsked.get() && isAsked.compareAndSet(false, true)) {
                executor.execute(this);
            }
        }

        @Override
        public void run() {
            isAsked.set(false);
            settle();
        }
    }

    /**
     * Creates an empty backlog.
     *
     * @param booking books one addition, on any thread; if it throws, the addition counts as booked
     */
    public Backlog(Consumer<T> booking) {
        this(
                booking,
                ForkJoinPool.commonPool(),
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, ForkJoinPool.commonPool()));
    }

    Backlog(Consumer<T> booking, Executor soon, Executor later) {
        this.booking = booking;
        this.soon = new Wakeup(soon);
        this.later = new Wakeup(later);
    }

    /**
     * Adds what is to be booked.
     *
     * @param told what the listener was told
     */
    public void add(T told) {
        long place = nextPlace();
        // A plain store, since a call could overflow the stack, and then the place would stay empty for ever. What the
        // addition refers to is published by the counter, which is read before the place.
        places[(int) place & (CAPACITY - 1)] = told;
        if (place % QUARTER == QUARTER - 1) {
            soon.ask();
        }
        later.ask();
    }

    private long nextPlace() {
        while (true) {
            long next = added.get();
            if (next >= room) {
                makeRoom(next);
            } else if (added.compareAndSet(next, next + 1)) {
                return next;
            }
        }
    }

    private void makeRoom(long next) {
        long free = taken.get() + CAPACITY;
        if (next < free) {
            room = free;
        } else {
            settle();
        }
    }

    /** Books what has been added so far. While a thread holds this object's monitor, no other one books. */
    public synchronized void settle() {
        long end = added.get();
        while (taken.get() < end) {
            booking.accept(take(taken.get()));
        }
    }

    @SuppressWarnings("unchecked") // There is nothing else in the places.
    private T take(long place) {
        int index = (int) place & (CAPACITY - 1);
        Object told = PLACE.getAcquire(places, index);
        while (told == null) { // Its thread has taken the place and is about to fill it.
            Thread.onSpinWait();
            told = PLACE.getAcquire(places, index);
        }
        places[index] = null;
        taken.setRelease(place + 1);
        return (T) told;
    }
}
