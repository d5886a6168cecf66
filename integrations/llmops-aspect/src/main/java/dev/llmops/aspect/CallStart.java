package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import org.jspecify.annotations.Nullable;

/** Starts a call of an annotated method. */
@FunctionalInterface
interface CallStart {

    /**
     * Starts a call.
     *
     * @param outer a call that it joins, or null for the one that is current
     * @return the call, or null if none could be started
     */
    @Nullable
    LlmCall start(@Nullable LlmCall outer);
}
