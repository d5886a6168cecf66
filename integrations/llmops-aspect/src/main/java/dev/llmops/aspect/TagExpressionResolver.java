package dev.llmops.aspect;

import org.jspecify.annotations.Nullable;

/**
 * Evaluates the {@linkplain LlmTag#expression() expressions} of tags. One is found with {@link java.util.ServiceLoader},
 * passed to {@link LlmAnnotations.Builder#expressions}, or SpEL. Must be thread-safe; an exception is counted and leaves the
 * tag out.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TagExpressionResolver {

    /**
     * Evaluates an expression.
     *
     * @param expression the expression
     * @param value the argument or the result that it is about
     * @return the tag's value, or null for none
     */
    @Nullable
    Object resolve(String expression, Object value);

    /**
     * Checks that an expression can be evaluated, before it is used.
     *
     * @param expression the expression
     * @throws IllegalArgumentException if it cannot be parsed
     */
    default void check(String expression) {}
}
