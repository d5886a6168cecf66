package dev.llmops.core.testing;

import dev.llmops.core.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ticker, with a wall clock to go with it, that moves only when told. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FakeTicker implements Ticker {

    /** Where the wall clock stands at first. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    /** Creates a ticker at zero, with its wall clock at {@link #START}. */
    public FakeTicker() {}

    @Override
    public long nanos() {
        return nanos.get();
    }

    /**
     * Moves on.
     *
     * @param time how far
     */
    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /**
     * Moves on.
     *
     * @param millis how far, in milliseconds
     */
    public void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    /**
     * The wall clock that moves along.
     *
     * @return a clock in UTC
     */
    public Clock clock() {
        InstantSource source = () -> START.plusNanos(nanos.get());
        return source.withZone(ZoneOffset.UTC);
    }
}
