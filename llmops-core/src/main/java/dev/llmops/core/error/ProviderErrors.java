package dev.llmops.core.error;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the error of a provider or an inference server means, for clients that see raw answers. Knows the shapes of
 * OpenAI, Anthropic, Gemini, Bedrock, vLLM, SGLang, TGI, llama.cpp and what is compatible with them.
 *
 * <pre>{@code
 * call.fail(ProviderErrors.ofHttp(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}"));   // rate_limited
 * call.fail(ProviderErrors.ofStream("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}")); // overloaded
 * }</pre>
 *
 * <p>An exact code decides first, then a telling message, then the HTTP status, then a code that says little. The
 * {@linkplain CallError#type() type} is the provider's code, or else the status; messages are cut after 1,024
 * characters. Takes time linear in the first 8,192 characters; no method throws, whatever it is given.
 *
 * @since 0.1.0
 */
public final class ProviderErrors {

    private ProviderErrors() {}

    /**
     * Classifies an answer that is no success.
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
     * @param errorObject the object's JSON, or whatever text stood in its place
     * @return what it means; {@link ErrorKind#PROVIDER_UNAVAILABLE} when it does not say
     */
    public static CallError ofStream(String errorObject) {
        return of(0, errorObject, ErrorKind.PROVIDER_UNAVAILABLE);
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
