package dev.llmops.samples.gateway.http;

import dev.llmops.samples.gateway.privacy.Privacy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error response in the shape of the OpenAI API, which every endpoint uses.
 *
 * @param status the HTTP status
 * @param type the name of an {@link dev.llmops.core.record.ErrorKind}, or the provider's own type in a relayed error
 * @param message states what is wrong and what is allowed
 * @param field the field of the request that is wrong, if known
 * @param code the provider's code of the error, if any
 */
public record ApiError(
        int status,
        String type,
        String message,
        @Nullable String field,
        @Nullable String code) {

    /** Creates an error without a code. */
    public ApiError(int status, String type, String message, @Nullable String field) {
        this(status, type, message, field, null);
    }

    /** Creates the error of an invalid request. */
    public static ApiError invalid(int status, String message) {
        return new ApiError(status, "invalid_request", message, null);
    }

    /** Creates the error of a request id that is unknown or expired. */
    public static ApiError unknownRequest(String requestId) {
        return new ApiError(404, "not_found", "request_id " + requestId + " is unknown or expired", "request_id");
    }

    /** Returns this error with everything private removed from its texts. */
    ApiError redacted(Privacy privacy) {
        return new ApiError(
                status, privacy.text(type), privacy.text(message), optional(field, privacy), optional(code, privacy));
    }

    private static @Nullable String optional(@Nullable String text, Privacy privacy) {
        return text == null ? null : privacy.text(text);
    }

    public ObjectNode writeTo(ObjectNode parent) {
        parent.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", field)
                .put("code", code);
        return parent;
    }

    /** Returns an exception that refuses the request with this error. */
    public Refusal refusal() {
        return new Refusal(this);
    }

    /** Thrown by an endpoint to refuse a request. */
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
