package dev.llmops.core.internal;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Creates UUIDs of version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then 74 random bits. */
public final class CallIds {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private CallIds() {}

    /** Returns a new id that sorts by time. */
    public static UUID next(long unixMillis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (unixMillis << 16) | VERSION_7 | (random.nextLong() & 0xFFF);
        long low = (random.nextLong() >>> 2) | VARIANT;
        return new UUID(high, low);
    }
}
