package dev.llmops.aspect.endings;

import dev.llmops.core.response.ServerSentEvent;
import java.util.Iterator;

class IteratorEndingsTest extends RawChatEndings {

    @Override
    protected String row() {
        return "@LlmObserved, Iterator";
    }

    @Override
    void read(Turn turn, RawChat chat, String message) throws Exception {
        Iterator<ServerSentEvent> events = chat.iterator(message);
        pull(turn, events, (AutoCloseable) events);
    }
}
