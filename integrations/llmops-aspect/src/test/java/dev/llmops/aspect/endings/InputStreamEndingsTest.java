package dev.llmops.aspect.endings;

import java.io.InputStream;

class InputStreamEndingsTest extends RawChatEndings {

    @Override
    protected String row() {
        return "@LlmObserved, InputStream";
    }

    @Override
    void read(Turn turn, RawChat chat, String message) throws Exception {
        InputStream body = chat.body(message);
        pull(turn, RawChat.events(body).iterator(), body);
    }
}
