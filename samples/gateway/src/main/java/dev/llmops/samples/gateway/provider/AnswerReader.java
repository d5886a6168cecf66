package dev.llmops.samples.gateway.provider;

import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.CallError;
import java.net.ProtocolException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events of one answer and decides at its end if it was complete. Confined to one event loop. */
abstract class AnswerReader {

    /** The data that ends a stream of chat completions. */
    static final String DONE = "[DONE]";

    private final Map<Integer, String> finishReasons = new TreeMap<>();

    /**
     * Reads an event, or a whole answer.
     *
     * @param event the event's name; null if it has none
     * @throws ProtocolException if the data is no JSON object, or one that cannot be read
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
        Optional<CallError> error = ProviderErrors.streamError(event, data);
        if (error.isPresent()) {
            throw new ProviderException(error.get(), root);
        }
        ProviderChunk chunk;
        try {
            chunk = chunk(event, data, root);
        } catch (IllegalArgumentException e) {
            // Usage is read more strictly: duplicate keys and deep nesting are refused there.
            throw new ProtocolException("the provider sent a chunk that cannot be read: " + e.getMessage());
        }
        chunk.finishReasons().forEach((choice, reason) -> {
            if (!reason.isEmpty() || !finishReasons.containsKey(choice)) {
                finishReasons.put(choice, reason);
            }
        });
        return chunk;
    }

    abstract ProviderChunk chunk(@Nullable String event, String data, JsonNode root);

    /** Returns true if the event of this data was the last one. */
    boolean isLast(ProviderChunk chunk) {
        return false;
    }

    /**
     * Returns the number of choices that a complete answer has a finish reason for.
     *
     * @param terminated true if the stream ended with {@code [DONE]}
     * @return 0 if the answer is complete without any
     */
    abstract int expectedChoices(boolean terminated);

    /** Returns the error of an answer that is not complete; empty for a complete one. */
    final Optional<CallError> incompleteness(boolean terminated) {
        int expected = Math.max(expectedChoices(terminated), finishReasons.size());
        return expected == 0 ? Optional.empty() : ProviderErrors.endOfStream(expected, finishReasons.values());
    }
}
