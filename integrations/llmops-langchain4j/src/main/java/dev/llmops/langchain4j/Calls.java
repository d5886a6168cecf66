package dev.llmops.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Scope;
import dev.llmops.core.context.CallFacts;
import dev.llmops.core.record.Operation;
import dev.llmops.core.response.ResponseReaders;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts and ends the calls of one {@code LlmOps}. */
final class Calls {

    static final String UNKNOWN_MODEL = "unknown";

    final LlmOps llmops;
    final ResponseReaders readers;

    Calls(LlmOps llmops) {
        this.llmops = Objects.requireNonNull(llmops, "llmops");
        this.readers = ResponseReaders.of(llmops.telemetry());
    }

    LlmCallBuilder call(Operation operation, ModelProvider provider, @Nullable String model) {
        return llmops.call(operation, Providers.name(provider), model == null ? UNKNOWN_MODEL : model)
                .joining();
    }

    /** Describes the call of a chat request; what the request says of itself wins over what its invocation says. */
    LlmCallBuilder chat(
            ModelProvider provider,
            ChatRequest request,
            ChatRequestParameters defaults,
            @Nullable Invocation invocation,
            Map<?, ?> attributes) {
        String model = request.modelName() != null ? request.modelName() : defaults.modelName();
        LlmCallBuilder call = call(Operation.CHAT, provider, model);
        if (invocation != null) {
            invocation.describe(call);
        }
        return CallFacts.apply(attributes, call);
    }

    /** Starts the call of a chat request, as a child of its invocation. */
    LlmCall start(LlmCallBuilder chat, ChatRequest request, @Nullable Invocation invocation) {
        try (Scope scope = Invocation.enter(invocation)) {
            LlmCall call = chat.start();
            if (llmops.contentPolicy().capturesContent()) {
                call.input(text(request));
            }
            return call;
        }
    }

    private static String text(ChatRequest request) {
        return request.messages().stream().map(ChatMessage::toString).collect(Collectors.joining("\n"));
    }

    <T> T observe(LlmCall call, Supplier<T> body) {
        try (Scope scope = call.makeCurrent()) {
            T response = body.get();
            readers.readResponse(response, call);
            call.endOnce(null);
            return response;
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        }
    }

    /** The application gets the model's own future, so that cancelling it cancels the request. */
    <T> CompletableFuture<T> observeAsync(LlmCall call, Supplier<CompletableFuture<T>> body) {
        try (Scope scope = call.makeCurrent()) {
            CompletableFuture<T> future = body.get();
            var unused = future.whenComplete((response, error) -> {
                readers.readResponse(response, call);
                call.endOnce(error);
            });
            return future;
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        }
    }
}
