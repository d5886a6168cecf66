package dev.llmops.clients;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.moderation.ModerationPrompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.OpenAiModerationModel;
import org.springframework.ai.openai.OpenAiModerationOptions;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.util.MimeTypeUtils;

@DisplayName("spring-ai")
class SpringAiTest extends ClientContract {

    private static final String KEY = "key";

    SpringAiTest() {
        super("spring-ai");
    }

    private static OpenAiChatModel model(String model) {
        OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
        options.baseUrl(GatewayUnderTest.baseUrl()).apiKey(KEY).model(model).streamUsage(true);
        return OpenAiChatModel.builder().options(options.build()).build();
    }

    private static Answer answer(String text, Usage usage) {
        return new Answer(text, usage.getPromptTokens(), usage.getCompletionTokens());
    }

    private static String text(ChatResponse response) {
        return response.getResults().stream()
                .map(generation ->
                        Objects.requireNonNullElse(generation.getOutput().getText(), ""))
                .collect(Collectors.joining());
    }

    private static Answer answer(ChatResponse response) {
        return answer(text(response), response.getMetadata().getUsage());
    }

    @Override
    Answer chat(String model) {
        return answer(model(model).call(new Prompt(QUESTION)));
    }

    @Override
    Answer stream(String model) {
        List<ChatResponse> pieces = Objects.requireNonNull(
                model(model).stream(new Prompt(QUESTION)).collectList().block());
        String text = pieces.stream().map(SpringAiTest::text).collect(Collectors.joining());
        return answer(text, pieces.get(pieces.size() - 1).getMetadata().getUsage());
    }

    static final class Weather {
        private @Nullable String asked;

        @Tool(name = "weather", description = "Tells the weather of a city")
        public String weather(String city) {
            asked = city;
            return "rain";
        }
    }

    @Override
    List<String> tools(String model) {
        Weather weather = new Weather();
        String answer = ChatClient.create(model(model))
                .prompt(QUESTION)
                .tools(weather)
                .call()
                .content();
        return List.of(String.valueOf(weather.asked), String.valueOf(answer));
    }

    @Override
    Answer image(String model) {
        Media image =
                Media.builder().mimeType(MimeTypeUtils.IMAGE_PNG).data(IMAGE).build();
        return answer(model(model)
                .call(new Prompt(
                        UserMessage.builder().text(QUESTION).media(image).build())));
    }

    @Override
    Vectors embed(String model, List<String> texts) {
        OpenAiEmbeddingOptions options = OpenAiEmbeddingOptions.builder()
                .baseUrl(GatewayUnderTest.baseUrl())
                .apiKey(KEY)
                .model(model)
                .build();
        var response =
                OpenAiEmbeddingModel.builder().options(options).build().call(new EmbeddingRequest(texts, options));
        return new Vectors(
                response.getResults().size(),
                response.getResult().getOutput().length,
                response.getMetadata().getUsage().getPromptTokens());
    }

    @Override
    boolean isFlagged(String model) {
        OpenAiModerationOptions options = OpenAiModerationOptions.builder()
                .baseUrl(GatewayUnderTest.baseUrl())
                .apiKey(KEY)
                .model(model)
                .build();
        return OpenAiModerationModel.builder()
                .options(options)
                .build()
                .call(new ModerationPrompt(QUESTION, options))
                .getResult()
                .getOutput()
                .getResults()
                .get(0)
                .isFlagged();
    }
}
