package dev.llmops.samples.gateway.http;

import dev.llmops.samples.gateway.privacy.Privacy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer that is an error, in the one shape that every endpoint uses; OpenAI clients understand it.
 *
 * @param status the HTTP status
 * @param type what kind of error it is, in the vocabulary of {@link dev.llmops.core.record.ErrorKind}
 * @param message for people: what is wrong and what would be right
 * @param field the field of the request that is to blame, if one is
 */
public record ApiError(
        int status, String type, String message, @Nullable String field) {

    static ApiError invalid(int status, String message) {
        return new ApiError(status, "invalid_request", message, null);
    }

    public static ApiError unknownRequest(String requestId) {
        return new ApiError(
                404, "not_found", "request_id " + requestId + " is not known, or not any more", "request_id");
    }

    /** The same, if the message quotes something private: without. */
    ApiError redacted(Privacy privacy) {
        return new ApiError(status, type, privacy.text(message), field);
    }

    public ObjectNode writeTo(ObjectNode parent) {
        parent.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", field)
                .putNull("code");
        return parent;
    }

    /** Refuses the request with this error. */
    public Refusal refusal() {
        return new Refusal(this);
    }

    /** Thrown by an endpoint that will not serve a request. */
    public static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ApiError error;

        private Refusal(ApiError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        public ApiError error() {
            return error;
        }
    }
}
