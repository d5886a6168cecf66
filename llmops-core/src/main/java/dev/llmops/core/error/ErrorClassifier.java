package dev.llmops.core.error;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;

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
     * The classifier that knows the exceptions of the JDK and, by their names and messages, those of openai-java,
     * anthropic-java, Spring, LangChain4j, the AWS SDK, Google's clients and gRPC. It looks through the chain of causes:
     * the exception that says most exactly what happened decides, and what nothing is known of is
     * {@link ErrorKind#INTERNAL}. The error's type is the provider's code where the message holds the provider's answer,
     * and else the name of the exception's class.
     *
     * @return the default classifier
     */
    static ErrorClassifier standard() {
        return StandardErrorClassifier.INSTANCE;
    }
}
