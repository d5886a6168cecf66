package dev.llmops.aspect.endings;

import dev.llmops.core.response.ServerSentEvent;
import java.util.stream.Stream;

class StreamEndingsTest extends RawChatEndings {

    @Override
    protected String row() {
        return "@LlmObserved, Stream";
    }

    @Override
    void read(Turn turn, RawChat chat, String message) throws Exception {
        Stream<ServerSentEvent> events = chat.stream(message);
        pull(turn, events.iterator(), events);
    }
}
