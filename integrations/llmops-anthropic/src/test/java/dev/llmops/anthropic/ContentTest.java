package dev.llmops.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlockParam;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.Content;
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
        AnthropicClient client = wrapped(usual);
        var unused = client.messages().create(question());
        read(client);
        assertThat(seen.records())
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.content()).isEqualTo(Content.NONE));
    }

    @Test
    void a_message_keeps_instructions_question_and_answer() {
        var unused = wrapped(capturing).messages().create(question());
        assertThat(content()).isEqualTo(new Content("system: Be brief\nuser: Count to four", Answer.TEXT));
    }

    @Test
    void a_lone_question_stands_as_it_is() {
        var unused = wrapped(capturing)
                .messages()
                .create(MessageCreateParams.builder()
                        .model(Answer.ANTHROPIC_MODEL)
                        .maxTokens(100)
                        .addUserMessage("Count to four")
                        .build());
        assertThat(content().input()).isEqualTo("Count to four");
    }

    @Test
    void a_stream_keeps_what_its_events_bring() {
        read(wrapped(capturing));
        assertThat(content().output()).isEqualTo(Answer.TEXT);
    }

    @Test
    void a_stream_that_breaks_off_keeps_what_had_come() {
        play(Ending.EARLY_CLOSE);
        read(wrapped(capturing));
        assertThat(content().output()).isEqualTo("One two");
    }

    @Test
    void a_tool_that_the_model_asks_for_is_a_line_with_its_input() {
        play(Ending.TOOL_ROUND_TRIP);
        var unused = wrapped(capturing).messages().create(question());
        assertThat(content().output()).isEqualTo(TOOL_LINE);
    }

    @Test
    void a_streamed_request_for_a_tool_reads_like_a_whole_one() {
        play(Ending.TOOL_ROUND_TRIP);
        read(wrapped(capturing));
        assertThat(content().output()).isEqualTo(TOOL_LINE);
    }

    @Test
    void earlier_tools_and_their_results_are_part_of_the_prompt() {
        ContentBlockParam asked = ContentBlockParam.ofToolUse(ToolUseBlockParam.builder()
                .id("toolu_1")
                .name("weather")
                .input(ToolUseBlockParam.Input.builder()
                        .putAdditionalProperty("city", JsonValue.from("Paris"))
                        .build())
                .build());
        ContentBlockParam result = ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                .toolUseId("toolu_1")
                .content("sunny")
                .build());
        var unused = wrapped(capturing)
                .messages()
                .create(question().toBuilder()
                        .addAssistantMessageOfContentBlockParams(List.of(asked))
                        .addUserMessageOfContentBlockParams(List.of(result))
                        .build());
        assertThat(content().input()).endsWith("\nassistant: " + TOOL_LINE + "\nuser: sunny");
    }

    private void play(Ending ending) {
        provider.close();
        provider = ScriptedProvider.playing(ending);
    }

    private Content content() {
        return seen.records().get(0).content();
    }

    private AnthropicClient wrapped(LlmOps llmops) {
        return LlmAnthropic.wrap(
                llmops,
                AnthropicOkHttpClient.builder()
                        .baseUrl(provider.uri().toString())
                        .apiKey("sk-test")
                        .build());
    }

    private static void read(AnthropicClient client) {
        try (var stream = client.messages().createStreaming(question())) {
            stream.stream().forEach(event -> {});
        }
    }

    private static MessageCreateParams question() {
        return MessageCreateParams.builder()
                .model(Answer.ANTHROPIC_MODEL)
                .maxTokens(100)
                .system("Be brief")
                .addUserMessage("Count to four")
                .build();
    }
}
