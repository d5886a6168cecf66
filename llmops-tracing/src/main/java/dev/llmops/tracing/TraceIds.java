package dev.llmops.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The trace id that OpenTelemetry knows, from the one that is shown to people. */
final class TraceIds {

    private TraceIds() {}

    /** The longest trace id that is shown, in characters. */
    static final int MAX_SHOWN = 128;

    /** A caller's own trace id, fit to be shown: bounded, and with its control characters escaped. */
    static String shown(String raw) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            String piece = Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029'
                    ? String.format("\\u%04x", (int) c)
                    : String.valueOf(c);
            if (shown.length() + piece.length() > MAX_SHOWN) {
                break;
            }
            shown.append(piece);
        }
        return shown.toString();
    }

    static String w3c(String shown) {
        return TraceId.isValid(shown) ? shown : sha256(shown).substring(0, TraceId.getLength());
    }

    /**
     * A parent in a trace of which only the id is known. OpenTelemetry has no other way to choose the trace of a span;
     * the parent's id is derived too, so that all calls of the trace hang side by side.
     */
    static SpanContext remoteParent(String traceId) {
        String spanId = sha256(traceId).substring(0, SpanId.getLength());
        return SpanContext.createFromRemoteParent(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
