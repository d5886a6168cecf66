package dev.llmops.aspect;

import org.jspecify.annotations.Nullable;

/** The body of an annotated method. */
@FunctionalInterface
interface Body {

    /** Runs the body. */
    @Nullable
    Object run() throws Throwable;
}
