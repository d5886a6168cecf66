package dev.llmops.core;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The error that ended a call.
 *
 * @param kind the class of the error
 * @param type the provider's error code or the exception's class name: low cardinality, never a message
 * @param httpStatus the HTTP status of the provider's answer, if there was one
 * @param message human-readable text; may quote user content, so views show it after redaction only
 * @since 0.1.0
 */
public record CallError(
        ErrorKind kind,
        String type,
        OptionalInt httpStatus,
        @Nullable String message) {

    /**
     * An error known by its kind alone.
     *
     * @param kind the class of the error, which also serves as its type
     * @return the error
     */
    public static CallError of(ErrorKind kind) {
        return new CallError(kind, kind.name(), OptionalInt.empty(), null);
    }

    /**
     * An error with an explanation.
     *
     * @param kind the class of the error, which also serves as its type
     * @param message human-readable text
     * @return the error
     */
    public static CallError of(ErrorKind kind, String message) {
        return new CallError(kind, kind.name(), OptionalInt.empty(), message);
    }

    /**
     * The same error under another message.
     *
     * @param message the new text, or null for none
     * @return a copy
     */
    public CallError withMessage(@Nullable String message) {
        return new CallError(kind, type, httpStatus, message);
    }
}
