package dev.llmops.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.ResponseCreateParams;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.Content;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.endings.Answer;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScriptedProvider;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContentTest {

    private static final String TOOL_LINE = Answer.TOOL + " {\"city\":\"Paris\"}";

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps capturing = LlmOps.builder()
            .detectVersions(false)
            .contentPolicy(ContentPolicy.builder().captureContent(true).build())
            .listener(seen)
            .build();
    private final LlmOps usual =
            LlmOps.builder().detectVersions(false).listener(seen).build();
    private ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE);

    @AfterEach
    void close() {
        provider.close();
        capturing.close();
        usual.close();
    }

    @Test
    void nothing_is_captured_by_default() {
        OpenAIClient client = wrapped(usual);
        var unused = client.chat().completions().create(chat());
        read(client, chat());
        var unusedToo = client.responses().create(response());
        assertThat(seen.records())
                .hasSize(3)
                .allSatisfy(record -> assertThat(record.content()).isEqualTo(Content.NONE));
    }

    @Test
    void a_chat_keeps_its_messages_with_their_roles_and_its_answer() {
        var unused = wrapped(capturing).chat().completions().create(chat());
        assertThat(content()).isEqualTo(new Content("system: Be brief\nuser: Count to four", Answer.TEXT));
    }

    @Test
    void a_lone_question_stands_as_it_is() {
        ChatCompletionCreateParams lone = ChatCompletionCreateParams.builder()
                .model(Answer.OPENAI_MODEL)
                .addUserMessage("Count to four")
                .build();
        var unused = wrapped(capturing).chat().completions().create(lone);
        assertThat(content().input()).isEqualTo("Count to four");
    }

    @Test
    void a_stream_keeps_what_its_chunks_bring() {
        read(wrapped(capturing), chat());
        assertThat(content().output()).isEqualTo(Answer.TEXT);
    }

    @Test
    void a_stream_that_breaks_off_keeps_what_had_come() {
        play(Ending.EARLY_CLOSE);
        read(wrapped(capturing), chat());
        assertThat(content().output()).isEqualTo("One two");
    }

    @Test
    void a_tool_that_the_model_asks_for_is_a_line_with_its_arguments() {
        play(Ending.TOOL_ROUND_TRIP);
        var unused = wrapped(capturing).chat().completions().create(chat());
        assertThat(content().output()).isEqualTo(TOOL_LINE);
    }

    @Test
    void a_streamed_request_for_a_tool_reads_like_a_whole_one() {
        play(Ending.TOOL_ROUND_TRIP);
        read(wrapped(capturing), chat());
        assertThat(content().output()).isEqualTo(TOOL_LINE);
    }

    @Test
    void earlier_tools_and_their_results_are_part_of_the_prompt() {
        ChatCompletionCreateParams later = chat().toBuilder()
                .addMessage(ChatCompletionAssistantMessageParam.builder()
                        .addToolCall(ChatCompletionMessageFunctionToolCall.builder()
                                .id("call_1")
                                .function(ChatCompletionMessageFunctionToolCall.Function.builder()
                                        .name("weather")
                                        .arguments("{}")
                                        .build())
                                .build())
                        .build())
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId("call_1")
                        .content("sunny")
                        .build())
                .build();
        var unused = wrapped(capturing).chat().completions().create(later);
        assertThat(content().input()).endsWith("user: Count to four\nassistant: weather {}\ntool: sunny");
    }

    @Test
    void a_response_keeps_instructions_input_and_answer() {
        var unused = wrapped(capturing).responses().create(response());
        assertThat(content()).isEqualTo(new Content("system: Be brief\nuser: Count to four", Answer.TEXT));
    }

    @Test
    void a_lone_question_of_a_response_stands_as_it_is() {
        ResponseCreateParams lone = ResponseCreateParams.builder()
                .model(Answer.OPENAI_MODEL)
                .input("Count to four")
                .build();
        var unused = wrapped(capturing).responses().create(lone);
        assertThat(content().input()).isEqualTo("Count to four");
        assertThat(capturing.telemetry().values(Telemetry.Kind.FAILURES)).isEmpty();
    }

    @Test
    void a_streamed_response_keeps_its_answer() {
        try (var stream = wrapped(capturing).responses().createStreaming(response())) {
            stream.stream().forEach(event -> {});
        }
        assertThat(content().output()).isEqualTo(Answer.TEXT);
    }

    @Test
    void a_streamed_response_that_breaks_off_keeps_what_had_come() {
        play(Ending.EARLY_CLOSE);
        try (var stream = wrapped(capturing).responses().createStreaming(response())) {
            stream.stream().forEach(event -> {});
        }
        assertThat(content().output()).isEqualTo("One two");
    }

    @Test
    void what_is_no_text_appears_by_its_type() {
        ChatCompletionCreateParams withImage = ChatCompletionCreateParams.builder()
                .model(Answer.OPENAI_MODEL)
                .addUserMessageOfArrayOfContentParts(List.of(
                        ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                                .text("What is this?")
                                .build()),
                        ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                                .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                                        .url("data:image/png;base64,AAAA")
                                        .build())
                                .build())))
                .build();
        var unused = wrapped(capturing).chat().completions().create(withImage);
        assertThat(content().input()).isEqualTo("What is this?\n[image_url]");
    }

    private void play(Ending ending) {
        provider.close();
        provider = ScriptedProvider.playing(ending);
    }

    private Content content() {
        return seen.records().get(0).content();
    }

    private OpenAIClient wrapped(LlmOps llmops) {
        return LlmOpenAi.wrap(
                llmops,
                OpenAIOkHttpClient.builder()
                        .baseUrl(provider.uri().resolve("/v1").toString())
                        .apiKey("sk-test")
                        .build());
    }

    private static void read(OpenAIClient client, ChatCompletionCreateParams chat) {
        try (var stream = client.chat().completions().createStreaming(chat)) {
            stream.stream().forEach(chunk -> {});
        }
    }

    private static ChatCompletionCreateParams chat() {
        return ChatCompletionCreateParams.builder()
                .model(Answer.OPENAI_MODEL)
                .addSystemMessage("Be brief")
                .addUserMessage("Count to four")
                .build();
    }

    private static ResponseCreateParams response() {
        return ResponseCreateParams.builder()
                .model(Answer.OPENAI_MODEL)
                .instructions("Be brief")
                .input("Count to four")
                .build();
    }
}
