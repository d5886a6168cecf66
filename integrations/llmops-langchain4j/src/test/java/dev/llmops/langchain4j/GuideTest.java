package dev.llmops.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.llmops.core.LlmOps;
import dev.llmops.core.context.CallFacts;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.endings.Answer;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScriptedProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of docs/langchain4j.md. */
class GuideTest {

    interface Assistant {
        String chat(String question);
    }

    interface AssistantWithMemory {
        String chat(
                @MemoryId String memory,
                @dev.langchain4j.service.UserMessage String question,
                InvocationParameters parameters);
    }

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().detectVersions(false).listener(seen).build();
    private final ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE);

    @AfterEach
    void close() {
        provider.close();
        llmops.close();
    }

    @Test
    void an_ai_service_is_measured() {
        ChatModel model = Models.plain(Ending.COMPLETE, provider.uri());
        ContentRetriever retriever = query -> List.of(Content.from("Paris is sunny"));
        Models.Weather tools = new Models.Weather();

        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(LlmLangChain4j.observe(llmops, model))
                .contentRetriever(LlmLangChain4j.observe(llmops, retriever))
                .tools(tools)
                .registerListeners(LlmLangChain4j.aiServiceListeners(llmops))
                .build();

        assertThat(assistant.chat("Count")).isEqualTo(Answer.TEXT);
        assertThat(seen.records()).hasSize(2);
    }

    @Test
    void invocation_parameters_say_who_asks() {
        AssistantWithMemory assistant = AiServices.builder(AssistantWithMemory.class)
                .chatModel(LlmLangChain4j.observe(llmops, Models.plain(Ending.COMPLETE, provider.uri())))
                .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(10))
                .registerListeners(LlmLangChain4j.aiServiceListeners(llmops))
                .build();

        String answer = assistant.chat(
                "chat-1", "Count", InvocationParameters.from(Map.of(CallFacts.USER, "u1", CallFacts.TENANT, "acme")));

        assertThat(answer).isEqualTo(Answer.TEXT);
        assertThat(seen.records())
                .allSatisfy(record -> assertThat(record.info().user()).isEqualTo("u1"));
    }

    @Test
    void listener_attributes_say_who_asks() throws Exception {
        StreamingChatModel model = LlmLangChain4j.observe(llmops, Models.streaming(provider.uri()));
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Count")).build();
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        StreamingChatResponseHandler handler = completing(end);

        ChatRequestOptions options = ChatRequestOptions.builder()
                .listenerAttributes(Map.of(CallFacts.USER, "u1", CallFacts.DEADLINE, Duration.ofSeconds(30)))
                .build();
        model.chat(request, options, handler);

        end.get(10, TimeUnit.SECONDS);
        assertThat(seen.onlyRecord().info().user()).isEqualTo("u1");
    }

    private static StreamingChatResponseHandler completing(CompletableFuture<ChatResponse> end) {
        return new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                end.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                end.completeExceptionally(error);
            }
        };
    }
}
