package dev.llmops.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScriptedProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuideTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().detectVersions(false).listener(seen).build();
    private final ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE);
    private final AnthropicClient bare = AnthropicOkHttpClient.builder()
            .baseUrl(provider.uri().toString())
            .apiKey("sk-test")
            .build();

    interface Tenants {
        String current();
    }

    @AfterEach
    void close() {
        System.clearProperty("anthropic.apiKey");
        System.clearProperty("anthropic.baseUrl");
        provider.close();
        llmops.close();
    }

    @Test
    void one_line_wraps_the_client() {
        System.setProperty("anthropic.apiKey", "sk-test");
        System.setProperty("anthropic.baseUrl", provider.uri().toString());
        AnthropicClient client = LlmAnthropic.wrap(llmops, AnthropicOkHttpClient.fromEnv());
        var unused = client.messages().create(question());
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void the_builder_says_who_asks() {
        AnthropicClient client = bare;
        Tenants tenants = () -> "acme";
        AnthropicClient support = LlmAnthropic.builder(llmops)
                .beforeCall(call -> call.feature("support").tenant(tenants.current()))
                .onCall(call -> call.attribute("experiment", "b"))
                .build()
                .wrap(client);
        var unused = support.messages().create(question());
        CallRecord record = seen.onlyRecord();
        assertThat(record.info().feature()).isEqualTo("support");
        assertThat(record.info().tenant()).isEqualTo("acme");
        assertThat(record.attributes())
                .containsEntry("experiment", "b")
                .containsEntry("gen_ai.request.max_tokens", 100L);
    }

    @Test
    void cached_tokens_are_part_of_the_input() {
        var unused = LlmAnthropic.wrap(llmops, bare).messages().create(question());
        assertThat(seen.onlyRecord().usage().inputTokens()).hasValue(21);
        assertThat(seen.onlyRecord().usage().cachedInputTokens()).isEqualTo(8);
    }

    @Test
    void a_stream_is_an_iterable_too() {
        try (var stream = LlmAnthropic.wrap(llmops, bare).messages().createStreaming(question())) {
            for (var event : stream) {
                assertThat(event.isValid()).isTrue();
            }
        }
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(seen.onlyRecord().finishReasons()).containsExactly("end_turn");
    }

    @Test
    void a_future_is_measured_when_it_is_complete() {
        var answer = LlmAnthropic.wrap(llmops, bare)
                .async()
                .messages()
                .create(question())
                .join();
        assertThat(answer.content()).hasSize(1);
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(4);
    }

    private static MessageCreateParams question() {
        return MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(100)
                .addUserMessage("Count to four")
                .build();
    }
}
