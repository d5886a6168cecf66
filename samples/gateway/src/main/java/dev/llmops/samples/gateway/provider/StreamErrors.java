package dev.llmops.samples.gateway.provider;

import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the errors that providers put into answers whose HTTP status is a success. */
final class StreamErrors {

    private static final Set<String> FAILED_FINISHES = Set.of("error", "abort");

    private StreamErrors() {}

    /**
     * Returns the error that an event is.
     *
     * @param event the name of the server-sent event; null if it has none
     * @param root the event's data
     * @return empty for an event that belongs to an answer
     */
    static Optional<CallError> of(@Nullable String event, JsonNode root) {
        return "error".equals(event) || isError(root)
                ? Optional.of(ProviderErrors.ofStream(root.toString()))
                : Optional.empty();
    }

    private static boolean isError(JsonNode root) {
        if (root.hasNonNull("error")
                || root.path("object").stringValue("").equals("error")
                || root.path("type").stringValue("").equals("error")) {
            return true;
        }
        boolean bareMessage = root.path("message").isString() && (root.has("type") || root.has("code"));
        return !root.has("choices") && (bareMessage || root.hasNonNull("detail"));
    }

    /** Returns the error of a finish reason by which a provider says that it failed. */
    static Optional<CallError> ofFinishReason(String reason) {
        return FAILED_FINISHES.contains(reason)
                ? Optional.of(new CallError(
                        ErrorKind.PROVIDER_UNAVAILABLE,
                        reason,
                        OptionalInt.empty(),
                        "the provider ended the answer with finish reason " + reason))
                : Optional.empty();
    }
}
