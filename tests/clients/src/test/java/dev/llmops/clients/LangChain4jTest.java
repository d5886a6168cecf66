package dev.llmops.clients;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiModerationModel;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

@DisplayName("langchain4j")
class LangChain4jTest extends ClientContract {

    private static final String KEY = "key";

    LangChain4jTest() {
        super("langchain4j");
    }

    private static ChatModel model(String model) {
        return OpenAiChatModel.builder()
                .baseUrl(GatewayUnderTest.baseUrl())
                .apiKey(KEY)
                .modelName(model)
                .build();
    }

    private static Answer answer(ChatResponse response) {
        return new Answer(
                response.aiMessage().text(),
                response.tokenUsage().inputTokenCount(),
                response.tokenUsage().outputTokenCount());
    }

    private static Answer answer(StreamingChatModel model) {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        model.chat(QUESTION, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {}

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                whole.completeExceptionally(failure);
            }
        });
        return answer(whole.join());
    }

    @Override
    Answer chat(String model) {
        return answer(model(model).chat(UserMessage.from(QUESTION)));
    }

    @Override
    Answer stream(String model) {
        return answer(OpenAiStreamingChatModel.builder()
                .baseUrl(GatewayUnderTest.baseUrl())
                .apiKey(KEY)
                .modelName(model)
                .build());
    }

    interface Assistant {
        String ask(String question);
    }

    static final class Weather {
        private @Nullable String asked;

        @Tool(name = "weather", value = "Tells the weather of a city")
        String weather(@P(name = "city", value = "its name") String city) {
            asked = city;
            return "rain";
        }
    }

    @Override
    List<String> tools(String model) {
        Weather weather = new Weather();
        String answer = AiServices.builder(Assistant.class)
                .chatModel(model(model))
                .tools(weather)
                .build()
                .ask(QUESTION);
        return List.of(String.valueOf(weather.asked), answer);
    }

    @Override
    Answer image(String model) {
        return answer(model(model).chat(UserMessage.from(TextContent.from(QUESTION), ImageContent.from(IMAGE))));
    }

    @Override
    Vectors embed(String model, List<String> texts) {
        var response = OpenAiEmbeddingModel.builder()
                .baseUrl(GatewayUnderTest.baseUrl())
                .apiKey(KEY)
                .modelName(model)
                .build()
                .embedAll(texts.stream().map(TextSegment::from).toList());
        return new Vectors(
                response.content().size(),
                response.content().get(0).dimension(),
                response.tokenUsage().inputTokenCount());
    }

    @Override
    List<String> models() {
        return OpenAiModelCatalog.builder()
                .baseUrl(GatewayUnderTest.baseUrl())
                .apiKey(KEY)
                .build()
                .listModels()
                .stream()
                .map(ModelDescription::name)
                .toList();
    }

    @Override
    Answer respond(String model) {
        return answer(OpenAiResponsesChatModel.builder()
                .baseUrl(GatewayUnderTest.baseUrl())
                .apiKey(KEY)
                .modelName(model)
                .build()
                .chat(UserMessage.from(QUESTION)));
    }

    @Override
    Answer streamResponse(String model) {
        return answer(OpenAiResponsesStreamingChatModel.builder()
                .baseUrl(GatewayUnderTest.baseUrl())
                .apiKey(KEY)
                .modelName(model)
                .build());
    }

    @Override
    boolean isFlagged(String model) {
        return OpenAiModerationModel.builder()
                .baseUrl(GatewayUnderTest.baseUrl())
                .apiKey(KEY)
                .modelName(model)
                .build()
                .moderate(QUESTION)
                .content()
                .flagged();
    }
}
