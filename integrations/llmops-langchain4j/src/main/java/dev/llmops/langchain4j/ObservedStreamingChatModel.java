package dev.llmops.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model of which each request is a call. Each method calls the same method of the original, since models implement
 * different ones. Versions of LangChain4j before 1.20 have no publishers and never call these methods.
 */
final class ObservedStreamingChatModel implements StreamingChatModel {

    private final Calls calls;
    private final StreamingChatModel model;

    ObservedStreamingChatModel(Calls calls, StreamingChatModel model) {
        this.calls = calls;
        this.model = model;
    }

    @Override
    public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
        observe(request, Map.of(), handler, observed -> model.chat(request, observed));
    }

    @Override
    public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        observe(request, Attributes.of(options), handler, observed -> model.chat(request, options, observed));
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        observe(request, Map.of(), handler, observed -> model.doChat(request, observed));
    }

    private void observe(
            ChatRequest request,
            Map<?, ?> attributes,
            StreamingChatResponseHandler handler,
            Consumer<StreamingChatResponseHandler> body) {
        Invocation invocation = Invocation.issued(request);
        LlmCall call = calls.start(describe(request, invocation, attributes), request, invocation);
        try (Scope scope = call.makeCurrent()) {
            body.accept(new ObservedHandler(handler, call, calls.readers, invocation));
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        }
    }

    @Override
    public Flow.Publisher<ChatModelStreamingEvent> chat(ChatRequest request) {
        return observe(request, model.chat(request));
    }

    @Override
    public Flow.Publisher<ChatModelStreamingEvent> doChat(ChatRequest request) {
        return observe(request, model.doChat(request));
    }

    private Flow.Publisher<ChatModelStreamingEvent> observe(
            ChatRequest request, Flow.Publisher<ChatModelStreamingEvent> events) {
        Invocation invocation = Invocation.issued(request);
        Flow.Publisher<ChatModelStreamingEvent> observed = calls.llmops.observePublisher(
                () -> describe(request, invocation, Map.of()), events, calls.readers::readChunk);
        return subscriber -> {
            try (Scope scope = Invocation.enter(invocation)) {
                observed.subscribe(subscriber);
            }
        };
    }

    private LlmCallBuilder describe(ChatRequest request, @Nullable Invocation invocation, Map<?, ?> attributes) {
        ChatRequestParameters defaults = model.defaultRequestParameters();
        return calls.chat(model.provider(), request, defaults, invocation, attributes)
                .streaming(true);
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
