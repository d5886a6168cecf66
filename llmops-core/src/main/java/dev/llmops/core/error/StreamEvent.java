package dev.llmops.core.error;

import dev.llmops.core.internal.JsonFields;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes error events of a stream from answers. Servers say so in different places: an
 * {@code error} at the root, an object or a type that is named error, a bare message, or a mere {@code detail}.
 */
final class StreamEvent implements JsonFields.Visitor {

    private static final Set<String> NOTHING = Set.of("null", "false", "");

    /** Fields of which an answer has at least one. */
    private static final Set<String> ANSWERS = Set.of(
            "choices",
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
            "usage");

    private static final Set<String> CODES = Set.of("code", "error_code", "error_type", "status_code", "statusCode");

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
        if (parent.equals("response") && key.equals("error")) {
            isError |= value == null;
        }
        if (!parent.isEmpty()) {
            return;
        }
        isAnswer |= ANSWERS.contains(key);
        hasDetail |= key.equals("detail");
        String text = value == null ? "" : value.toLowerCase(Locale.ROOT);
        boolean says = value == null || !NOTHING.contains(text);
        isError |=
                says && (key.equals("error") || key.equals("errors") || (value == null && key.endsWith("Exception")));
        isError |= (key.equals("object") || key.equals("type") || key.equals("event_type")) && text.equals("error");
        isError |= key.equals("type") && text.equals("response.failed");
        hasMessage |= value != null && says && key.equalsIgnoreCase("message");
        hasCode |= says && (CODES.contains(key) || key.equals("__type") || (key.equals("type") && isErrorType(text)));
    }

    private static boolean isErrorType(String type) {
        return type.endsWith("error") || type.endsWith("exception");
    }

    @Override
    public boolean enters(String key) {
        return key.equals("response");
    }
}
