package dev.llmops.core.testing;

import dev.llmops.core.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ticker and wall clock for tests, which move only when advanced. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FakeTicker implements Ticker {

    /** The first reading of the wall clock. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    /** Creates a ticker at zero, with its wall clock at {@link #START}. */
    public FakeTicker() {}

    @Override
    public long nanos() {
        return nanos.get();
    }

    /**
     * Advances ticker and wall clock.
     *
     * @param time the step
     */
    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /**
     * Advances ticker and wall clock.
     *
     * @param millis the step, in milliseconds
     */
    public void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    /** {@return the wall clock that moves with this ticker, in UTC} */
    public Clock clock() {
        InstantSource source = () -> START.plusNanos(nanos.get());
        return source.withZone(ZoneOffset.UTC);
    }
}
