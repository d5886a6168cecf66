package dev.llmops.core.response;

import org.jspecify.annotations.Nullable;

/**
 * An event of a response body: a server-sent event, or a line of JSON.
 *
 * @param name the event's name, or null if it has none
 * @param data its data, several lines joined by line feeds; may be empty
 * @since 0.1.0
 */
public record ServerSentEvent(@Nullable String name, String data) {

    /** The data with which OpenAI-compatible servers end a stream. */
    static final String DONE = "[DONE]";
}
