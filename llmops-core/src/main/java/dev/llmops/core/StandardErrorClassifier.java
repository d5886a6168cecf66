package dev.llmops.core;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Looks at an exception and its causes, and takes the first that says something. */
final class StandardErrorClassifier implements ErrorClassifier {

    static final ErrorClassifier INSTANCE = new StandardErrorClassifier();

    /** Chains of causes can be circles. */
    private static final int MAX_DEPTH = 10;

    private StandardErrorClassifier() {}

    @Override
    public CallError classify(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++, cause = cause.getCause()) {
            ErrorKind kind = kindOf(cause);
            if (kind != null) {
                return callError(kind, cause);
            }
        }
        return callError(ErrorKind.INTERNAL, error);
    }

    private static CallError callError(ErrorKind kind, Throwable error) {
        return new CallError(kind, error.getClass().getName(), OptionalInt.empty(), error.getMessage());
    }

    private static @Nullable ErrorKind kindOf(Throwable error) {
        ErrorKind byText = error.getMessage() == null ? null : ErrorTexts.kindOf(error.getMessage());
        return byText == null ? kindByClass(error) : byText;
    }

    private static @Nullable ErrorKind kindByClass(Throwable error) {
        if (error instanceof CancellationException || error instanceof InterruptedException) {
            return ErrorKind.CANCELLED;
        }
        // The JDK's own timeouts and those of most clients share no type, only the end of their names.
        if (error instanceof TimeoutException
                || error.getClass().getSimpleName().endsWith("TimeoutException")) {
            return ErrorKind.TIMEOUT;
        }
        for (Class<?> type = error.getClass(); type != null; type = type.getSuperclass()) {
            ErrorKind byName = ErrorCodes.kindOf(type.getSimpleName());
            if (byName != null) {
                return byName;
            }
        }
        return error instanceof IOException ? ErrorKind.PROVIDER_UNAVAILABLE : null;
    }
}
