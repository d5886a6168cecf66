package dev.llmops.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.llmops.core.LlmCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A model of which each request is a call. Each method calls the same method of the original, since models implement different ones. */
final class ObservedChatModel implements ChatModel {

    private final Calls calls;
    private final ChatModel model;

    ObservedChatModel(Calls calls, ChatModel model) {
        this.calls = calls;
        this.model = model;
    }

    @Override
    public ChatResponse chat(ChatRequest request) {
        return calls.observe(start(request, Map.of()), () -> model.chat(request));
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        return calls.observe(start(request, Attributes.of(options)), () -> model.chat(request, options));
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return calls.observe(start(request, Map.of()), () -> model.doChat(request));
    }

    @Override
    public CompletableFuture<ChatResponse> chatAsync(ChatRequest request) {
        return calls.observeAsync(start(request, Map.of()), () -> model.chatAsync(request));
    }

    @Override
    public CompletableFuture<ChatResponse> chatAsync(ChatRequest request, ChatRequestOptions options) {
        return calls.observeAsync(start(request, Attributes.of(options)), () -> model.chatAsync(request, options));
    }

    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
        return calls.observeAsync(start(request, Map.of()), () -> model.doChatAsync(request));
    }

    private LlmCall start(ChatRequest request, Map<?, ?> attributes) {
        Invocation invocation = Invocation.issued(request);
        ChatRequestParameters defaults = model.defaultRequestParameters();
        return calls.start(
                calls.chat(model.provider(), request, defaults, invocation, attributes), request, invocation);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return model.listeners();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }
}
