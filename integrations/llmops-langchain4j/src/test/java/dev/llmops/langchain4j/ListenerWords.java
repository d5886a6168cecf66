package dev.llmops.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What LangChain4j's own listeners are told, for the published table. */
final class ListenerWords implements ChatModelListener {

    private final List<String> words = new CopyOnWriteArrayList<>();

    @Override
    public void onRequest(ChatModelRequestContext context) {
        words.add("request");
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        words.add(context.chatResponse().tokenUsage() == null ? "response without usage" : "response");
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        words.add("error");
    }

    @Override
    public String toString() {
        return String.join(", ", words);
    }
}
