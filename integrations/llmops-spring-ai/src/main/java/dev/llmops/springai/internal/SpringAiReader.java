package dev.llmops.springai.internal;

import dev.llmops.core.LlmCall;
import dev.llmops.core.response.ResponseReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.embedding.EmbeddingResponse;

/** Reads the responses of Spring AI's models and clients, and the chunks of their streams. */
public final class SpringAiReader implements ResponseReader {

    /** The metadata in which OpenAI's and other modules put the reasoning of a chunk. */
    private static final String REASONING = "reasoningContent";

    /** The words by which modules say that a chunk is not the last. */
    private static final Set<String> NO_REASON = Set.of("", "null", "unknown", "_unknown");

    @Override
    public boolean supports(Class<?> type) {
        return ChatResponse.class.isAssignableFrom(type)
                || type == ChatClientResponse.class
                || EmbeddingResponse.class.isAssignableFrom(type);
    }

    @Override
    public void readResponse(Object response, LlmCall call) {
        if (response instanceof EmbeddingResponse embedding) {
            responseModel(embedding.getMetadata().getModel(), call);
            Usages.report(embedding.getMetadata().getUsage(), call);
            return;
        }
        ChatResponse chat = chat(response);
        if (chat != null) {
            readFacts(chat, call);
            if (chat.getResult() != null && chat.getResult().getOutput().getText() != null) {
                call.output(chat.getResult().getOutput().getText());
            }
        }
    }

    @Override
    public void readChunk(Object chunk, LlmCall call) {
        ChatResponse chat = chat(chunk);
        if (chat == null) {
            call.chunk(0);
            return;
        }
        boolean isContent = chat.getResults().stream().anyMatch(SpringAiReader::hasContent);
        if (!isContent && chat.getResults().stream().anyMatch(SpringAiReader::hasReasoning)) {
            call.reasoningChunk(1);
        } else {
            call.chunk(isContent ? 1 : 0);
        }
        readFacts(chat, call);
        if (call.capturesContent()) {
            collect(chat.getResults(), call);
        }
    }

    private static void collect(List<Generation> generations, LlmCall call) {
        for (int i = 0; i < generations.size(); i++) {
            String text = generations.get(i).getOutput().getText();
            if (text != null && !text.isEmpty()) {
                call.outputPart(choice(generations.get(i), i), text);
            }
        }
    }

    @Override
    public void endStream(LlmCall call) {
        call.endOfStream();
    }

    private static @Nullable ChatResponse chat(Object response) {
        return response instanceof ChatClientResponse ofClient
                ? ofClient.chatResponse()
                : response instanceof ChatResponse chat ? chat : null;
    }

    private static boolean hasContent(Generation generation) {
        AssistantMessage message = generation.getOutput();
        return (message.getText() != null && !message.getText().isEmpty()) || message.hasToolCalls();
    }

    private static boolean hasReasoning(Generation generation) {
        return generation.getOutput().getMetadata().get(REASONING) instanceof String text && !text.isEmpty();
    }

    private static void readFacts(ChatResponse chat, LlmCall call) {
        responseModel(chat.getMetadata().getModel(), call);
        Usages.report(chat.getMetadata().getUsage(), call);
        List<Generation> generations = chat.getResults();
        for (int i = 0; i < generations.size(); i++) {
            String reason = generations.get(i).getMetadata().getFinishReason();
            String word = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
            if (!NO_REASON.contains(word)) {
                call.finishReason(choice(generations.get(i), i), word);
            }
        }
    }

    /** A chunk of one of several choices holds that one alone, and its index. */
    private static int choice(Generation generation, int position) {
        return generation.getOutput().getMetadata().get("index") instanceof Number index ? index.intValue() : position;
    }

    private static void responseModel(@Nullable String model, LlmCall call) {
        if (model != null && !model.isEmpty()) {
            call.responseModel(model);
        }
    }
}
