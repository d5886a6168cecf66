package dev.llmops.springai;

import java.util.Map;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** A model of which each request, and each subscription to a stream, is a call. */
final class ObservedChatModel implements ChatModel {

    private final Calls calls;
    private final ChatModel model;

    ObservedChatModel(Calls calls, ChatModel model) {
        this.calls = calls;
        this.model = model;
    }

    @Override
    public ChatResponse call(Prompt prompt) {
        return calls.observe(calls.chat(prompt, model.getOptions(), Map.of()), prompt, () -> model.call(prompt));
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        return calls.observeStream(
                () -> calls.chat(prompt, model.getOptions(), Map.of()), prompt, model.stream(prompt));
    }

    @Override
    public ChatOptions getOptions() {
        return model.getOptions();
    }

    @Override
    @SuppressWarnings("removal") // until it is removed, applications may ask for it
    public ChatOptions getDefaultOptions() {
        return model.getDefaultOptions();
    }
}
