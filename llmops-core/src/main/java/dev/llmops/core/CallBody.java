package dev.llmops.core;

import org.jspecify.annotations.Nullable;

/**
 * Code that makes a call, for {@link LlmOps#observe}.
 *
 * @param <T> what it returns
 * @param <X> what it may throw
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallBody<T extends @Nullable Object, X extends Exception> {

    /**
     * Makes the call.
     *
     * @param call the live call, to report chunks and usage to
     * @return the result
     * @throws X if the call fails
     */
    T run(LlmCall call) throws X;
}
