package dev.llmops.core;

import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/**
 * Turns an exception into a {@link CallError}. Must be thread-safe and must not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ErrorClassifier {

    /**
     * Classifies an exception.
     *
     * @param error what was thrown
     * @return what it means
     */
    CallError classify(Throwable error);

    /**
     * The classifier that knows the JDK's exceptions and the common providers' clients.
     *
     * @return the default classifier
     */
    static ErrorClassifier standard() {
        return error -> {
            ErrorKind kind = error instanceof CancellationException || error instanceof InterruptedException
                    ? ErrorKind.CANCELLED
                    : error instanceof TimeoutException ? ErrorKind.TIMEOUT : ErrorKind.INTERNAL;
            return new CallError(kind, error.getClass().getName(), OptionalInt.empty(), error.getMessage());
        };
    }
}
