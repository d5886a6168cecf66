package dev.llmops.springai;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Scope;
import dev.llmops.core.context.CallFacts;
import dev.llmops.core.record.Operation;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.reactor.LlmReactor;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/** Starts and ends the calls of one {@code LlmOps}. */
final class Calls {

    private static final String UNKNOWN_MODEL = "unknown";

    final LlmOps llmops;
    private final ResponseReaders readers;

    Calls(LlmOps llmops) {
        this.llmops = Objects.requireNonNull(llmops, "llmops");
        this.readers = ResponseReaders.of(llmops.telemetry());
    }

    LlmCallBuilder call(Operation operation, String provider, @Nullable String model) {
        return llmops.call(operation, provider, model == null || model.isBlank() ? UNKNOWN_MODEL : model)
                .joining();
    }

    /**
     * Describes the call of a prompt.
     *
     * @param defaults the options of the model, for what those of the prompt leave open; null if they are not known
     * @param context the context of the client, which wins over the tool context of the prompt
     */
    LlmCallBuilder chat(Prompt prompt, @Nullable ChatOptions defaults, Map<?, ?> context) {
        ChatOptions options = prompt.getOptions() == null ? defaults : prompt.getOptions();
        String model = options == null ? null : options.getModel();
        LlmCallBuilder call = call(
                Operation.CHAT, Providers.of(options), model == null && defaults != null ? defaults.getModel() : model);
        if (options instanceof ToolCallingChatOptions withTools && withTools.getToolContext() != null) {
            facts(withTools.getToolContext(), call);
        }
        return facts(context, call);
    }

    private static LlmCallBuilder facts(Map<?, ?> context, LlmCallBuilder call) {
        Object memory = context.get(ChatMemory.CONVERSATION_ID);
        if (memory != null) {
            call.conversationId(memory.toString());
        }
        return CallFacts.apply(context, call);
    }

    <T> T observe(LlmCallBuilder builder, @Nullable Prompt prompt, Supplier<T> body) {
        LlmCall call = start(builder, prompt);
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

    /** Each subscription is a call of its own; facts in the Reactor context win over the others. */
    <T> Flux<T> observeStream(Supplier<LlmCallBuilder> builder, Prompt prompt, Publisher<T> source) {
        return Flux.from(source)
                .transform(LlmReactor.observeStarted(
                        llmops,
                        context -> Optional.of(start(
                                facts(entries(context), builder.get())
                                        .streaming(true)
                                        .joining(context.getOrDefault(LlmCall.class, null)),
                                prompt)),
                        readers::readChunk,
                        readers::endStream));
    }

    private static Map<?, ?> entries(ContextView context) {
        return context.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private LlmCall start(LlmCallBuilder builder, @Nullable Prompt prompt) {
        LlmCall call = builder.start();
        if (prompt != null && llmops.contentPolicy().capturesContent()) {
            call.input(prompt.getContents());
        }
        return call;
    }
}
