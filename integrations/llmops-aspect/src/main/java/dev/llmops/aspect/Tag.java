package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.version.VersionSet;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tag of one parameter, or of the result.
 *
 * @param field the fact that it sets
 * @param key the name of the attribute or version part, or empty
 * @param parameter the index of the parameter, or {@link #RESULT}
 * @param resolver computes the value
 */
record Tag(LlmTag.Field field, String key, int parameter, TagResolver resolver) {

    static final int RESULT = -1;

    /** Returns the value of the tag for an argument or a result; null for none. */
    @Nullable
    Object value(@Nullable Object raw) {
        Object known = unwrapped(raw);
        return known == null ? null : unwrapped(resolver.resolve(known));
    }

    private static @Nullable Object unwrapped(@Nullable Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    /** Sets a fact that is known before the call starts. */
    void describe(LlmCallBuilder call, VersionSet.Builder versions, Object value) {
        String text = value.toString();
        switch (field) {
            case USER -> call.user(text);
            case TENANT -> call.tenant(text);
            case FEATURE -> call.feature(text);
            case REQUEST_ID -> call.requestId(text);
            case CONVERSATION_ID -> call.conversationId(text);
            case SERVER_ADDRESS -> call.serverAddress(text);
            case VERSION -> versions.part(key, text);
            case MODEL, ATTRIBUTE, INPUT, OUTPUT -> {}
        }
    }

    /** Reports what a live call takes. */
    void report(LlmCall call, Object value) {
        switch (field) {
            case ATTRIBUTE -> attribute(call, value);
            case INPUT -> call.input(value.toString());
            case OUTPUT -> call.output(value.toString());
            default -> {}
        }
    }

    private void attribute(LlmCall call, Object value) {
        if (value instanceof Boolean truth) {
            call.attribute(key, truth);
        } else if (value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long) {
            call.attribute(key, ((Number) value).longValue());
        } else if (value instanceof Number number) {
            call.attribute(key, number.doubleValue());
        } else if (value instanceof Collection<?> texts) {
            call.attribute(key, texts.stream().map(String::valueOf).toList());
        } else {
            call.attribute(key, value.toString());
        }
    }
}
