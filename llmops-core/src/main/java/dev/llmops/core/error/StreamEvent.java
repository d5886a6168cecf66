package dev.llmops.core.error;

import dev.llmops.core.internal.JsonFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes error events of a stream from answers. Servers say so in different places: an
 * {@code error} at the root, an object or a type that is named error, a bare message, or a mere {@code detail}.
 */
final class StreamEvent implements JsonFields.Visitor {

    private boolean isError;
    private boolean isAnswer;
    private boolean hasDetail;
    private boolean hasMessage;
    private boolean hasCode;

    /**
     * Returns true if an event is an error.
     *
     * @param event the name of the SSE event, or null
     * @param data its data
     */
    static boolean isError(@Nullable String event, String data) {
        if (event != null && event.toLowerCase(Locale.ROOT).endsWith("error")) {
            return true;
        }
        StreamEvent seen = new StreamEvent();
        JsonFields.scan(data.substring(0, Math.min(data.length(), ErrorBody.MAX_READ)), seen);
        return seen.isError || (!seen.isAnswer && ((seen.hasMessage && seen.hasCode) || seen.hasDetail));
    }

    @Override
    public void field(String parent, String key, @Nullable String value) {
        if (parent.isEmpty()) {
            root(key, value);
        } else if (parent.equals("response")) {
            isError |= key.equals("error") && value == null;
        }
    }

    private void root(String key, @Nullable String value) {
        switch (key) {
            // Fields of which an answer has at least one.
            case "choices",
                    "candidates",
                    "delta",
                    "content",
                    "content_block",
                    "data",
                    "embeddings",
                    "generated_text",
                    "item",
                    "output",
                    "part",
                    "results",
                    "text",
                    "token",
                    "usage" -> isAnswer = true;
            case "error", "errors" -> isError |= says(value);
            case "detail" -> hasDetail = true;
            case "code", "error_code", "error_type", "status_code", "statusCode", "__type" -> hasCode |= says(value);
            case "object", "event_type" -> isError |= "error".equalsIgnoreCase(value);
            case "type" -> type(value == null ? "" : value.toLowerCase(Locale.ROOT));
            default -> {
                isError |= value == null && key.endsWith("Exception");
                hasMessage |= value != null && says(value) && key.equalsIgnoreCase("message");
            }
        }
    }

    private void type(String type) {
        isError |= type.equals("error") || type.equals("response.failed");
        hasCode |= type.endsWith("error") || type.endsWith("exception");
    }

    private static boolean says(@Nullable String value) {
        return value == null || !(value.isEmpty() || value.equalsIgnoreCase("null") || value.equalsIgnoreCase("false"));
    }

    @Override
    public boolean enters(String key) {
        return key.equals("response");
    }
}
