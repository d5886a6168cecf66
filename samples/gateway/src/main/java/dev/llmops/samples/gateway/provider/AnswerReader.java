package dev.llmops.samples.gateway.provider;

import dev.llmops.core.record.CallError;
import java.net.ProtocolException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events of one answer and decides at its end if it was complete. Confined to one event loop. */
abstract class AnswerReader {

    /** The data that ends a stream of chat completions. */
    static final String DONE = "[DONE]";

    /**
     * Reads an event, or a whole answer.
     *
     * @param event the event's name; null if it has none
     * @throws ProtocolException if the data is no JSON object
     * @throws ProviderException if the event is an error
     */
    final ProviderChunk read(@Nullable String event, String data) throws ProtocolException, ProviderException {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(data);
        } catch (JacksonException e) {
            throw new ProtocolException("the provider sent a chunk that is not JSON: " + e.getOriginalMessage());
        }
        if (!root.isObject()) {
            throw new ProtocolException("the provider sent a chunk that is not a JSON object");
        }
        Optional<CallError> error = StreamErrors.of(event, root);
        if (error.isPresent()) {
            throw new ProviderException(error.get(), root);
        }
        return chunk(event, data, root);
    }

    abstract ProviderChunk chunk(@Nullable String event, String data, JsonNode root) throws ProviderException;

    /** Returns true if the event of this data was the last one. */
    abstract boolean isLast(ProviderChunk chunk);

    /**
     * Returns the reason why the answer is not complete.
     *
     * @param terminated if the stream ended with {@code [DONE]}
     * @return empty for a complete answer
     */
    abstract Optional<String> incompleteness(boolean terminated);
}
