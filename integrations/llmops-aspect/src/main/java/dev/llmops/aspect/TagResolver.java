package dev.llmops.aspect;

import org.jspecify.annotations.Nullable;

/**
 * Computes the value of a {@link LlmTag}. Must be thread-safe; an exception is counted and leaves the tag out.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TagResolver {

    /**
     * Computes the value of a tag.
     *
     * @param value the argument or the result
     * @return the tag's value, or null for none
     */
    @Nullable
    Object resolve(Object value);
}
