package dev.llmops.openai.internal;

import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.CallError;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP status and error body from the exceptions of the OpenAI Java client, which their messages do not hold: a used-up
 * quota and a rate limit come as the same exception. Found by {@link java.util.ServiceLoader}.
 */
public final class OpenAiErrorClassifier implements ErrorClassifier {

    private static final int MAX_CAUSES = 16;

    /** Creates a classifier. */
    public OpenAiErrorClassifier() {}

    @Override
    public @Nullable CallError classify(Throwable error) {
        Throwable cause = error;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof OpenAIServiceException answer) {
                String body = Common.json(answer.body());
                return answer.statusCode() >= 400
                        ? ProviderErrors.ofHttp(answer.statusCode(), body)
                        : ProviderErrors.ofStream(body);
            }
            if (cause instanceof OpenAIIoException && cause.getCause() != null) {
                // Says less than its cause, which tells a timeout from a broken connection.
                return ErrorClassifier.standard().classify(cause.getCause());
            }
            cause = cause.getCause();
        }
        return null;
    }
}
