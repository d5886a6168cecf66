package dev.llmops.aspect.endings;

import dev.llmops.core.response.ServerSentEvent;
import dev.llmops.endings.Ending;
import dev.llmops.endings.Transcript;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One request and what the application does with the events that answer it. */
final class Turn {

    private static final String QUESTION = "{\"role\":\"user\",\"content\":\"Count\"}";
    private static final String TOOL_RESULT = "{\"role\":\"tool\",\"content\":\"rain\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ending ending;
    private final Transcript transcript;
    private int texts;
    private boolean asksForTool;

    Turn(Ending ending, Transcript transcript) {
        this.ending = ending;
        this.transcript = transcript;
    }

    /** Asks, and asks again with the tool's result if the model wants it. */
    static Transcript ask(Ending ending, Row row) throws Exception {
        Transcript transcript = new Transcript();
        Turn first = new Turn(ending, transcript);
        row.read(first, QUESTION);
        if (first.asksForTool) {
            transcript.saw("asked for a tool");
            row.read(new Turn(ending, transcript), TOOL_RESULT);
        }
        return transcript;
    }

    /** Reads an answer in the way of one row. */
    interface Row {

        void read(Turn turn, String message) throws Exception;
    }

    Ending ending() {
        return ending;
    }

    Transcript transcript() {
        return transcript;
    }

    boolean is(Ending.Client client) {
        return ending.client() == client;
    }

    /** Takes an event; returns false if the application wants no more. */
    boolean takes(ServerSentEvent event) {
        if (event.data().equals("[DONE]")) {
            transcript.saw("end marker");
            return true;
        }
        read(event.data());
        return !is(Ending.Client.CANCELS) || texts < ending.tokensBefore();
    }

    /** Reads a chunk or a whole answer, as applications do: an exception for what they do not expect. */
    void read(String json) {
        JsonNode node = JSON.readTree(json);
        if (node.has("error")) {
            throw new IllegalStateException(node.get("error").get("message").asString());
        }
        for (JsonNode choice : node.get("choices")) {
            JsonNode delta = choice.has("delta") ? choice.get("delta") : choice.get("message");
            if (delta.has("tool_calls")) {
                asksForTool = true;
            } else if (delta.has("content") && !delta.get("content").asString().isEmpty()) {
                texts++;
                transcript.item(delta.get("content").asString());
            }
        }
    }
}
