package dev.llmops.core.record;

import dev.llmops.core.privacy.ContentPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a call, kept only if the {@link ContentPolicy} captures content.
 *
 * @param input what was sent to the model, or null
 * @param output what the model answered, or null
 * @since 0.1.0
 */
public record Content(@Nullable String input, @Nullable String output) {

    /** No texts. */
    public static final Content NONE = new Content(null, null);

    /** Returns which texts are present, without the texts. */
    @Override
    public String toString() {
        return "Content[input=" + (input == null ? "absent" : "present") + ", output="
                + (output == null ? "absent" : "present") + "]";
    }
}
