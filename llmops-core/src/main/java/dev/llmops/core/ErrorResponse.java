package dev.llmops.core;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a provider answered instead of an answer: an HTTP status with a body, or an error object inside a stream.
 * Understands the error bodies of OpenAI, Anthropic, Gemini, Bedrock and vLLM, and of the servers that imitate them.
 *
 * <pre>{@code
 * call.fail(ErrorResponse.http(429, body).toCallError());
 * }</pre>
 *
 * @param httpStatus the HTTP status; empty for an error inside a stream that began with success
 * @param body the body, or the error object, as it came; need not be JSON
 * @since 0.1.0
 */
public record ErrorResponse(OptionalInt httpStatus, String body) {

    private static final int MAX_TYPE_LENGTH = 64;

    /** Where providers put their codes; {@code __type} is Bedrock's, {@code error_type} TGI's. */
    private static final List<String> CODE_FIELDS = List.of("code", "reason", "status", "type", "__type", "error_type");

    /**
     * An HTTP error.
     *
     * @param status the HTTP status
     * @param body the body; empty when there is none
     * @return the response
     */
    public static ErrorResponse http(int status, String body) {
        return new ErrorResponse(OptionalInt.of(status), body);
    }

    /**
     * An error object inside a stream.
     *
     * @param event the object as it came
     * @return the response
     */
    public static ErrorResponse inStream(String event) {
        return new ErrorResponse(OptionalInt.empty(), event);
    }

    /**
     * Classifies the error: first by words that only one kind of error uses, since servers send those under any
     * status; then by the provider's code; then by the status.
     *
     * @return the error, with the provider's code as its type and the provider's message
     */
    public CallError toCallError() {
        JsonFields fields = JsonFields.of(body);
        String message = fields.first("message", "detail", "error");
        String code = code(fields);
        return new CallError(kind(fields, message, code), type(code), httpStatus, message);
    }

    private ErrorKind kind(JsonFields fields, @Nullable String message, @Nullable String code) {
        ErrorKind byText = ErrorTexts.kindOf(message == null ? body : message);
        if (byText != null) {
            return byText;
        }
        ErrorKind byCode = code == null ? null : ErrorCodes.kindOf(code);
        if (byCode != null) {
            return byCode;
        }
        return httpStatus.isPresent() ? ErrorCodes.kindOf(httpStatus.getAsInt()) : kindOfStatusInBody(fields);
    }

    /** Inside a stream, some servers write the status that it is too late to send into the error object. */
    private static ErrorKind kindOfStatusInBody(JsonFields fields) {
        return fields.values("code").stream()
                .filter(code -> code.matches("[45]\\d\\d"))
                .findFirst()
                .map(code -> ErrorCodes.kindOf(Integer.parseInt(code)))
                .orElse(ErrorKind.PROVIDER_UNAVAILABLE);
    }

    /** The first code that means something, inner objects before outer ones, else the first that is there. */
    private static @Nullable String code(JsonFields fields) {
        String first = null;
        for (String field : CODE_FIELDS) {
            List<String> values = fields.values(field);
            for (int i = values.size() - 1; i >= 0; i--) {
                String code = afterNamespace(values.get(i));
                if (ErrorCodes.kindOf(code) != null) {
                    return code;
                }
                first = first == null && isIdentifier(code) ? code : first;
            }
        }
        return first;
    }

    /** Bedrock writes {@code com.amazon.coral.service#ThrottlingException}. */
    private static String afterNamespace(String code) {
        return code.substring(code.lastIndexOf('#') + 1);
    }

    private static boolean isIdentifier(String code) {
        return !code.isEmpty()
                && code.length() <= MAX_TYPE_LENGTH
                && code.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.')
                && !code.chars().allMatch(Character::isDigit);
    }

    private String type(@Nullable String code) {
        if (code != null) {
            return code;
        }
        return httpStatus.isPresent() ? "http_" + httpStatus.getAsInt() : "error_in_stream";
    }
}
