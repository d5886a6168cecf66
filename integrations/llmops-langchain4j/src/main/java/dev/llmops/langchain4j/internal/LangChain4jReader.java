package dev.llmops.langchain4j.internal;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.llmops.core.LlmCall;
import dev.llmops.core.response.ResponseReader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the responses of LangChain4j's models, and the parts of a stream. */
public final class LangChain4jReader implements ResponseReader {

    private static final String PARTS = "dev.langchain4j.model.chat.response.";

    @Override
    public boolean supports(Class<?> type) {
        // Parts of a stream by name: versions before 1.20 do not have them all.
        return ChatResponse.class.isAssignableFrom(type)
                || EmbeddingResponse.class.isAssignableFrom(type)
                || type == Response.class
                || type.getName().startsWith(PARTS);
    }

    @Override
    public void readResponse(Object response, LlmCall call) {
        if (response instanceof ChatResponse chat) {
            readChat(chat, call);
        } else if (response instanceof EmbeddingResponse embedding) {
            read(embedding.modelName(), embedding.tokenUsage(), null, call);
        } else if (response instanceof Response<?> plain) {
            read(null, plain.tokenUsage(), plain.finishReason(), call);
        }
    }

    private static void readChat(ChatResponse chat, LlmCall call) {
        read(chat.modelName(), chat.tokenUsage(), chat.finishReason(), call);
        if (chat.aiMessage().text() != null) {
            call.output(chat.aiMessage().text());
        }
    }

    private static void read(
            @Nullable String model, @Nullable TokenUsage usage, @Nullable FinishReason reason, LlmCall call) {
        if (model != null) {
            call.responseModel(model);
        }
        if (usage != null) {
            call.usage(Usages.of(usage));
        }
        if (reason != null) {
            call.finishReason(0, name(reason));
        }
    }

    @Override
    public void readChunk(Object chunk, LlmCall call) {
        if (chunk instanceof PartialResponse partial) {
            call.chunk(partial.text().isEmpty() ? 0 : 1);
            call.outputPart(0, partial.text());
        } else if (chunk instanceof PartialThinking partial) {
            call.reasoningChunk(partial.text().isEmpty() ? 0 : 1);
        } else if (chunk instanceof PartialToolCall partial) {
            call.chunk(partial.partialArguments().isEmpty() ? 0 : 1);
        } else if (chunk instanceof ChatResponse complete) {
            readChat(complete, call);
        } else if (chunk instanceof CompleteResponse complete) {
            readChat(complete.chatResponse(), call);
            end(complete.chatResponse(), call);
        } else {
            call.chunk(0);
        }
    }

    /**
     * Models report a stream that broke as complete, but without finish reason and usage. Some never give a reason: the
     * usage shows that their answer is whole.
     */
    public static void end(ChatResponse response, LlmCall call) {
        if (response.finishReason() == null && response.tokenUsage() != null) {
            call.endOnce(null);
        } else {
            call.endOfStream();
        }
    }

    private static String name(FinishReason reason) {
        return reason == FinishReason.TOOL_EXECUTION
                ? "tool_calls"
                : reason.name().toLowerCase(Locale.ROOT);
    }
}
