package dev.llmops.core;

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
     * The classifier that knows the JDK's exceptions, the names of the common clients' exceptions, and the words of
     * memory, device and context-length errors, in the exception or in any of its causes. Who holds a provider's
     * status and body is better served by {@link ErrorResponse}.
     *
     * @return the default classifier
     */
    static ErrorClassifier standard() {
        return StandardErrorClassifier.INSTANCE;
    }
}
