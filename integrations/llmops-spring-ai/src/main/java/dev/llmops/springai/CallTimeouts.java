package dev.llmops.springai;

import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Knows the timeout of a whole call of OkHttp, with which Spring AI's module for OpenAI asks: it closes the connection, and
 * the exception of that is the cause of the timeout and would hide it.
 */
public final class CallTimeouts implements ErrorClassifier {

    private static final int MAX_CAUSES = 16;

    @Override
    public @Nullable CallError classify(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            if (cause instanceof InterruptedIOException && "timeout".equals(cause.getMessage())) {
                return CallError.of(ErrorKind.TIMEOUT);
            }
        }
        return null;
    }
}
