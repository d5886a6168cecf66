package dev.llmops.core.error;

import dev.llmops.core.internal.Truncation;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Classifies errors of providers and inference servers, for clients that see raw answers. Knows the shapes of
 * OpenAI, Anthropic, Gemini, Bedrock, vLLM, SGLang, TGI, llama.cpp and what is compatible with them.
 *
 * <pre>{@code
 * call.fail(ProviderErrors.ofHttp(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}"));   // rate_limited
 * call.fail(ProviderErrors.ofStream("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}")); // overloaded
 * }</pre>
 *
 * <p>An exact code decides first, then a 4xx status, then a telling message, then another status, then a vague code. The words of a refusal never turn it into a failure of the service, since they may quote the request. The
 * {@linkplain CallError#type() type} is the provider's code, or else the status; messages are cut after 1,024
 * characters. Takes time linear in the first 8,192 characters; no method throws.
 *
 * @since 0.1.0
 */
public final class ProviderErrors {

    private static final String UNFINISHED = "stream_unfinished";

    /** DeepSeek's word for an answer that was interrupted for lack of capacity. */
    private static final String NO_RESOURCES = "insufficient_system_resource";

    private static final List<String> FAILURES = List.of("error", "abort", "fail");

    private ProviderErrors() {}

    /**
     * Classifies an answer without success.
     *
     * @param status the HTTP status; 0 when there was none
     * @param body the answer's body, or null when it is empty or was not read
     * @return what it means; {@link ErrorKind#PROTOCOL_ERROR} for a status that is no error, unless the body is one
     */
    public static CallError ofHttp(int status, @Nullable String body) {
        ErrorKind otherwise = status == 0 ? ErrorKind.PROVIDER_UNAVAILABLE : ErrorKind.PROTOCOL_ERROR;
        return of(status, body, otherwise);
    }

    /**
     * Classifies an error object that came inside a stream, after an HTTP status of 200.
     *
     * @param errorObject the object's JSON, or the text in its place
     * @return what it means; {@link ErrorKind#PROVIDER_UNAVAILABLE} when it does not say
     */
    public static CallError ofStream(String errorObject) {
        return of(0, errorObject, ErrorKind.PROVIDER_UNAVAILABLE);
    }

    /**
     * Finds the error in an event of a stream, or in a body that came with a status of success.
     *
     * @param data the event's data, or the body
     * @return what the error means; empty if the data is no error
     */
    public static Optional<CallError> streamError(String data) {
        return streamError(null, data);
    }

    /**
     * Finds the error in an event of a stream.
     *
     * @param event the name of the server-sent event, or null; one that ends in {@code error} makes any data an error
     * @param data the event's data
     * @return what the error means; empty if the data is no error
     */
    public static Optional<CallError> streamError(@Nullable String event, @Nullable String data) {
        String text = Objects.requireNonNullElse(data, "");
        return StreamEvent.isError(event, text) ? Optional.of(ofStream(text)) : Optional.empty();
    }

    /**
     * Judges a stream by how its choices finished. A stream is complete if every choice has a finish reason that is no
     * failure; an end marker alone, such as {@code [DONE]}, proves nothing. A stream that ends without its marker after
     * all choices have finished is complete.
     *
     * @param choices how many answers were asked for, ≥ 1
     * @param finishReasons the reasons that came, one per choice that finished
     * @return why the stream is a failure; empty if it is complete
     */
    public static Optional<CallError> endOfStream(int choices, Collection<String> finishReasons) {
        for (String reason : finishReasons) {
            if (isFailure(reason)) {
                return Optional.of(failure(reason));
            }
        }
        int finished = finishReasons.size();
        return finished >= Math.max(1, choices)
                ? Optional.empty()
                : Optional.of(new CallError(
                        ErrorKind.PROTOCOL_ERROR,
                        UNFINISHED,
                        OptionalInt.empty(),
                        "stream ended, but " + finished + " of " + Math.max(1, choices)
                                + " choices have a finish reason"));
    }

    /**
     * Returns true if a finish reason says that the choice broke off: an empty one, and those that begin with
     * {@code error}, {@code abort} or {@code fail}.
     *
     * @param finishReason the provider's word, in any case
     * @return true for a failure
     */
    public static boolean isFailure(String finishReason) {
        String reason = finishReason.strip().toLowerCase(Locale.ROOT);
        return reason.isEmpty()
                || reason.equals(NO_RESOURCES)
                || FAILURES.stream().anyMatch(reason::startsWith);
    }

    private static CallError failure(String reason) {
        boolean isOverload = reason.equals(NO_RESOURCES);
        return new CallError(
                isOverload ? ErrorKind.OVERLOADED : ErrorKind.PROVIDER_UNAVAILABLE,
                reason.isBlank() ? UNFINISHED : Truncation.cut(reason, ErrorBody.MAX_CODE),
                OptionalInt.empty(),
                "stream ended with the finish reason '" + reason + "'");
    }

    private static CallError of(int httpStatus, @Nullable String text, ErrorKind otherwise) {
        ErrorBody body = ErrorBody.of(Objects.requireNonNullElse(text, ""));
        int status = httpStatus >= 400 ? httpStatus : body.status();
        ErrorRules.Match match = ErrorRules.match(body.codes(), status, body.message(), otherwise);
        return new CallError(
                match.kind(),
                type(match, body, status),
                httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus),
                body.message());
    }

    private static String type(ErrorRules.Match match, ErrorBody body, int status) {
        if (match.code() != null) {
            return match.code();
        }
        String fallback = status == 0 ? match.kind().name() : Integer.toString(status);
        return body.codes().isEmpty() ? fallback : body.codes().get(0);
    }
}
