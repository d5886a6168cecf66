package dev.llmops.core;

import dev.llmops.core.internal.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Derives a W3C trace id from a caller's trace id of any form, always the same one, so that either finds the call.
 *
 * @since 0.1.0
 */
public final class TraceIds {

    private static final int BYTES = 16;
    private static final String INVALID = "0".repeat(2 * BYTES);

    private TraceIds() {}

    /**
     * Returns true if a text is a W3C trace id.
     *
     * @param traceId any text
     * @return true for 32 lower-case hexadecimal digits that are not all zero
     */
    public static boolean isW3c(String traceId) {
        return traceId.length() == INVALID.length()
                && !traceId.equals(INVALID)
                && traceId.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /**
     * Returns the W3C trace id of a trace id of any form: the id itself where it is one, or else the first 16 bytes
     * of the SHA-256 of its UTF-8.
     *
     * @param traceId any text
     * @return 32 lower-case hexadecimal digits, never all zero
     */
    public static String toW3c(String traceId) {
        return isW3c(traceId) ? traceId : digest(traceId);
    }

    private static String digest(String traceId) {
        byte[] hash = Arrays.copyOf(Digests.sha256(traceId.getBytes(StandardCharsets.UTF_8)), BYTES);
        return toHex(hash);
    }

    /** Formats a digest as an id, which must not be all zeros. */
    static String toHex(byte[] hash) {
        String hex = HexFormat.of().formatHex(hash);
        return hex.equals(INVALID) ? hex.substring(1) + "1" : hex;
    }
}
