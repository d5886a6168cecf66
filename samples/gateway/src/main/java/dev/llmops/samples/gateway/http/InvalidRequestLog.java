package dev.llmops.samples.gateway.http;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Logs requests that are no valid HTTP, in one line each and one line in ten seconds at most. Thread-safe. */
final class InvalidRequestLog {

    static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final LongSupplier nanoClock;
    private final Consumer<String> log;
    private boolean logged;
    private long lastNanos;
    private long leftOut;

    InvalidRequestLog(LongSupplier nanoClock, Consumer<String> log) {
        this.nanoClock = nanoClock;
        this.log = log;
    }

    /**
     * Logs a request, or counts it for the next line.
     *
     * @param reason without line breaks, and without anything private
     */
    synchronized void refused(String client, String reason) {
        long now = nanoClock.getAsLong();
        if (logged && now - lastNanos < BETWEEN_LINES.toNanos()) {
            leftOut++;
            return;
        }
        String others = leftOut == 0 ? "" : " (and " + leftOut + " more since the last such line)";
        log.accept("invalid HTTP from " + client + ": " + reason + others);
        logged = true;
        lastNanos = now;
        leftOut = 0;
    }
}
