package dev.llmops.samples.gateway.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A bucket of tokens for each credential, of a tenth of a minute's requests, filled evenly. Thread-safe. */
final class RateLimiter {

    private static final double NANOS_PER_MINUTE = 60e9;
    private static final int BURST_PART = 10;

    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** The state of a bucket. */
    private record Bucket(double tokens, long atNanos, boolean granted) {}

    RateLimiter(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Takes a token; false if there is none. */
    boolean admits(Credential credential) {
        if (credential.requestsPerMinute() == 0) {
            return true;
        }
        double burst = Math.max(1, credential.requestsPerMinute() / BURST_PART);
        double perNano = credential.requestsPerMinute() / NANOS_PER_MINUTE;
        long now = nanos.getAsLong();
        return buckets.compute(credential.name(), (name, before) -> {
                    double tokens = before == null
                            ? burst
                            : Math.min(burst, before.tokens() + (now - before.atNanos()) * perNano);
                    return tokens >= 1 ? new Bucket(tokens - 1, now, true) : new Bucket(tokens, now, false);
                })
                .granted();
    }

    /** Returns the seconds after which a token is there again. */
    long retryAfterSeconds(Credential credential) {
        return (long) Math.ceil(60.0 / credential.requestsPerMinute());
    }
}
