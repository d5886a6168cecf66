package dev.llmops.core.error;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns an exception into a {@link CallError}. Must be thread-safe and must not throw.
 *
 * <p>An {@code LlmOps} asks the application's classifier first, then those that {@link java.util.ServiceLoader} finds under
 * this interface's name, which is how client libraries are integrated, and the {@linkplain #standard() standard} one last.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ErrorClassifier {

    /**
     * Classifies an exception.
     *
     * @param error the exception
     * @return its meaning, or null if this classifier does not know the exception
     */
    @Nullable
    CallError classify(Throwable error);

    /**
     * Returns a classifier that asks others in turn.
     *
     * @param classifiers the others, most important first
     * @return a classifier whose answer is the first that is not null
     */
    static ErrorClassifier firstOf(ErrorClassifier... classifiers) {
        List<ErrorClassifier> inTurn = List.of(classifiers);
        return error -> {
            for (ErrorClassifier classifier : inTurn) {
                CallError known = classifier.classify(error);
                if (known != null) {
                    return known;
                }
            }
            return null;
        };
    }

    /**
     * Returns the classifier that knows the exceptions of the JDK and, by their names and messages, those of openai-java,
     * anthropic-java, Spring, LangChain4j, the AWS SDK, Google's clients and gRPC. It looks through the chain of causes:
     * the exception that says most exactly what happened decides, and what nothing is known of is
     * {@link ErrorKind#INTERNAL}. The error's type is the provider's code where the message holds the provider's answer,
     * and else the name of the exception's class.
     *
     * @return a classifier that never returns null
     */
    static ErrorClassifier standard() {
        return StandardErrorClassifier.INSTANCE;
    }
}
