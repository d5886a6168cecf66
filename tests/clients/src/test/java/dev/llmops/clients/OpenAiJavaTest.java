package dev.llmops.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseUsage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("openai-java")
class OpenAiJavaTest extends ClientContract {

    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(GatewayUnderTest.baseUrl())
            .apiKey("key")
            .build();

    OpenAiJavaTest() {
        super("openai-java");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static ChatCompletionCreateParams.Builder question(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(QUESTION);
    }

    private static Answer answer(ChatCompletion completion) {
        var usage = completion.usage().orElseThrow();
        String text = completion.choices().get(0).message().content().orElse("");
        return new Answer(text, usage.promptTokens(), usage.completionTokens());
    }

    @Override
    Answer chat(String model) {
        return answer(client.chat().completions().create(question(model).build()));
    }

    @Override
    Answer stream(String model) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        var params = question(model)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (var stream = client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return answer(whole.chatCompletion());
    }

    private static ChatCompletionFunctionTool weather() {
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name("weather")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .build())
                        .build())
                .build();
    }

    @Override
    List<String> tools(String model) {
        var params = question(model).addTool(weather());
        ChatCompletionMessage message = message(params);
        ChatCompletionMessageFunctionToolCall call =
                message.toolCalls().orElseThrow().get(0).asFunction();
        JsonNode arguments = JsonMapper.shared().readTree(call.function().arguments());
        params.addMessage(message)
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.id())
                        .content("rain")
                        .build());
        return List.of(
                arguments.path("city").asString(), message(params).content().orElseThrow());
    }

    private ChatCompletionMessage message(ChatCompletionCreateParams.Builder params) {
        return client.chat()
                .completions()
                .create(params.build())
                .choices()
                .get(0)
                .message();
    }

    @Override
    Answer image(String model) {
        var image = ChatCompletionContentPartImage.ImageUrl.builder().url(IMAGE).build();
        var params = ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessageOfArrayOfContentParts(List.of(
                        ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                                .text(QUESTION)
                                .build()),
                        ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                                .imageUrl(image)
                                .build())));
        return answer(client.chat().completions().create(params.build()));
    }

    @Override
    Vectors embed(String model, List<String> texts) {
        var response = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(model)
                        .inputOfArrayOfStrings(texts)
                        .build());
        int dimensions = response.data().get(0).embedding().size();
        return new Vectors(response.data().size(), dimensions, response.usage().promptTokens());
    }

    @Override
    List<String> models() {
        return client.models().list().data().stream().map(Model::id).toList();
    }

    private static ResponseCreateParams responseTo(String model) {
        return ResponseCreateParams.builder().model(model).input(QUESTION).build();
    }

    private static Answer answer(Response response) {
        String text = response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .map(part -> part.text())
                .collect(Collectors.joining());
        ResponseUsage usage = response.usage().orElseThrow();
        return new Answer(text, usage.inputTokens(), usage.outputTokens());
    }

    @Override
    Answer respond(String model) {
        return answer(client.responses().create(responseTo(model)));
    }

    @Override
    Answer streamResponse(String model) {
        ResponseAccumulator whole = ResponseAccumulator.create();
        try (var stream = client.responses().createStreaming(responseTo(model))) {
            stream.stream().forEach(whole::accumulate);
        }
        return answer(whole.response());
    }

    @Override
    boolean isFlagged(String model) {
        return client.moderations()
                .create(ModerationCreateParams.builder()
                        .model(model)
                        .input(QUESTION)
                        .build())
                .results()
                .get(0)
                .flagged();
    }
}
