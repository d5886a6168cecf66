package dev.llmops.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.record.Operation;
import dev.llmops.langchain4j.internal.LangChain4jReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures the requests of models that are not decorated. The call travels in the attributes of the request. */
final class CallListener implements ChatModelListener {

    private final Calls calls;

    CallListener(Calls calls) {
        this.calls = calls;
    }

    @Override
    public void onRequest(ChatModelRequestContext context) {
        boolean isMeasured = calls.llmops
                .currentCall()
                .filter(call -> call.live().info().operation().equals(Operation.CHAT))
                .isPresent();
        if (!isMeasured) {
            ChatRequest request = context.chatRequest();
            Invocation invocation = Invocation.issued(request);
            LlmCallBuilder chat = calls.chat(
                    context.modelProvider(), request, request.parameters(), invocation, context.attributes());
            context.attributes().put(this, calls.start(chat, request, invocation));
        }
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        LlmCall call = call(context.attributes());
        if (call != null && !call.isEnded()) {
            calls.readers.readResponse(context.chatResponse(), call);
            LangChain4jReader.end(context.chatResponse(), call);
        }
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        LlmCall call = call(context.attributes());
        if (call != null) {
            call.endOnce(context.error());
        }
    }

    private @Nullable LlmCall call(Map<Object, Object> attributes) {
        return attributes.get(this) instanceof LlmCall call ? call : null;
    }
}
