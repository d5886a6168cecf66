package dev.llmops.core.record;

import dev.llmops.core.internal.Truncation;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The error that ended a call.
 *
 * @param kind the class of the error
 * @param type the provider's error code or the exception's class name: low cardinality, never a message; cut after
 *     {@value #MAX_TYPE_LENGTH} characters
 * @param httpStatus the HTTP status of the provider's answer, if there was one
 * @param message human-readable text; may quote user content, so views show it after redaction only; cut after
 *     {@value #MAX_MESSAGE_LENGTH} characters
 * @param isUnanswered true if the provider did no work: the connection failed, or the request was refused
 * @since 0.1.0
 */
public record CallError(
        ErrorKind kind,
        String type,
        OptionalInt httpStatus,
        @Nullable String message,
        boolean isUnanswered) {

    /** The longest message that is kept, in characters: {@value}. */
    public static final int MAX_MESSAGE_LENGTH = 1024;

    /** The longest type that is kept, in characters: {@value}. */
    public static final int MAX_TYPE_LENGTH = 200;

    /**
     * Bounds the texts; what a careless caller left null is filled in, since recording must not throw.
     *
     * @param kind the class of the error
     * @param type the provider's error code or the exception's class name
     * @param httpStatus the HTTP status of the provider's answer, if there was one
     * @param message human-readable text, or null
     * @param isUnanswered true if the provider did no work
     */
    public CallError {
        kind = Objects.requireNonNullElse(kind, ErrorKind.INTERNAL);
        type = type == null || type.isBlank() ? kind.name() : Truncation.cut(type, MAX_TYPE_LENGTH);
        httpStatus = Objects.requireNonNullElse(httpStatus, OptionalInt.empty());
        message = Truncation.cutOrNull(message, MAX_MESSAGE_LENGTH);
        isUnanswered = isUnanswered || httpStatus.orElse(0) >= 400 || kind.isRefusal();
    }

    /**
     * Creates an error that is unanswered if its HTTP status or its kind says so.
     *
     * @param kind the class of the error
     * @param type the provider's error code or the exception's class name
     * @param httpStatus the HTTP status of the provider's answer, if there was one
     * @param message human-readable text, or null
     */
    public CallError(ErrorKind kind, String type, OptionalInt httpStatus, @Nullable String message) {
        this(kind, type, httpStatus, message, false);
    }

    /**
     * Returns this error as one that came before the provider did any work.
     *
     * @return a copy that is unanswered
     */
    public CallError withoutAnswer() {
        return new CallError(kind, type, httpStatus, message, true);
    }

    /**
     * Creates an error known by its kind alone.
     *
     * @param kind the class of the error, which also serves as its type
     * @return the error
     */
    public static CallError of(ErrorKind kind) {
        return new CallError(kind, kind.name(), OptionalInt.empty(), null);
    }

    /**
     * Creates an error with an explanation.
     *
     * @param kind the class of the error, which also serves as its type
     * @param message human-readable text
     * @return the error
     */
    public static CallError of(ErrorKind kind, String message) {
        return new CallError(kind, kind.name(), OptionalInt.empty(), message);
    }
}
