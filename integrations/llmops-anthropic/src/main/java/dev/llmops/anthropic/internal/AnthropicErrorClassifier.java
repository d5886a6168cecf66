package dev.llmops.anthropic.internal;

import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicServiceException;
import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.CallError;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP status and error body from the exceptions of the Anthropic Java client, and passes by its
 * own I/O exception, which says less than its cause. Found by {@link java.util.ServiceLoader}.
 */
public final class AnthropicErrorClassifier implements ErrorClassifier {

    private static final int MAX_CAUSES = 16;

    /** Creates a classifier. */
    public AnthropicErrorClassifier() {}

    @Override
    public @Nullable CallError classify(Throwable error) {
        Throwable cause = error;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof AnthropicServiceException answer) {
                String body = Json.of(answer.body());
                return answer.statusCode() >= 400
                        ? ProviderErrors.ofHttp(answer.statusCode(), body)
                        : ProviderErrors.ofStream(body);
            }
            if (cause instanceof AnthropicIoException && cause.getCause() != null) {
                // Says less than its cause, which tells a timeout from a broken connection.
                return ErrorClassifier.standard().classify(cause.getCause());
            }
            cause = cause.getCause();
        }
        return null;
    }
}
