package dev.llmops.samples.gateway;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the trace that a request belongs to. */
final class TraceId {

    /** The longest {@code x-trace-id} that is kept whole. */
    static final int MAX_LENGTH = 128;

    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private TraceId() {}

    /**
     * The id from {@code x-trace-id}, else from {@code traceparent}, else a new one.
     *
     * @return printable ASCII of at most {@link #MAX_LENGTH} characters
     */
    static String of(@Nullable String xTraceId, @Nullable String traceparent) {
        if (xTraceId != null && !xTraceId.isBlank()) {
            return bounded(xTraceId);
        }
        Matcher parent = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
        return parent.matches() ? parent.group(1) : UUID.randomUUID().toString().replace("-", "");
    }

    // Goes back into a header and into logs, so nothing but printable ASCII passes as it is.
    private static String bounded(String id) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < id.length(); i++) {
            char character = id.charAt(i);
            String next = character >= ' ' && character <= '~'
                    ? String.valueOf(character)
                    : String.format(character < 256 ? "%%%02X" : "%%u%04X", (int) character);
            if (safe.length() + next.length() > MAX_LENGTH) {
                break;
            }
            safe.append(next);
        }
        return safe.toString();
    }
}
