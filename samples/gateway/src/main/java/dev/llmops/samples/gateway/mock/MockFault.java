package dev.llmops.samples.gateway.mock;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ways in which the mock provider can be told to misbehave. */
public enum MockFault {
    ERROR_BEFORE_FIRST_TOKEN,
    ERROR_MID_STREAM,
    CONNECTION_DROP,
    STALL,
    MALFORMED_CHUNK,
    USAGE_MISSING,
    RATE_LIMITED,
    OUT_OF_MEMORY;

    /** Returns true if {@code after} has a meaning: the fault strikes at a token, and not at a fixed place. */
    boolean strikesAtToken() {
        return this != ERROR_BEFORE_FIRST_TOKEN && this != USAGE_MISSING;
    }

    /** Faults of a server that is refusing work strike at once, the others in the middle of the answer. */
    int defaultAfter(int tokens) {
        return switch (this) {
            case ERROR_BEFORE_FIRST_TOKEN, RATE_LIMITED, OUT_OF_MEMORY -> 0;
            case USAGE_MISSING -> tokens;
            case ERROR_MID_STREAM, CONNECTION_DROP, STALL, MALFORMED_CHUNK -> (tokens + 1) / 2;
        };
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<MockFault> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.wireName().equals(name))
                .findFirst();
    }

    /**
     * Returns the values that {@code fault} may have in an {@code x-mock} header.
     *
     * @return every name
     */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(MockFault::wireName).toList();
    }
}
