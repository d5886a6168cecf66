package dev.llmops.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.models.beta.messages.BetaMetadata;
import com.anthropic.models.beta.messages.MessageCreateParams;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Content;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.endings.Answer;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScriptedProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BetaMessagesTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder()
            .detectVersions(false)
            .contentPolicy(ContentPolicy.builder().captureContent(true).build())
            .listener(seen)
            .build();
    private ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE);

    @AfterEach
    void close() {
        provider.close();
        llmops.close();
    }

    @Test
    void a_message_is_measured_like_a_stable_one() {
        var answer = wrapped().beta().messages().create(question());
        assertThat(answer.content()).hasSize(1);
        CallRecord record = record();
        assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(record.info().requestModel()).isEqualTo(Answer.ANTHROPIC_MODEL);
        assertThat(record.info().user()).isEqualTo("u-1");
        assertThat(record.finishReasons()).containsExactly("end_turn");
        assertThat(record.usage().inputTokens()).hasValue(Answer.INPUT_TOKENS);
        assertThat(record.usage().cachedInputTokens()).isEqualTo(Answer.CACHED_TOKENS);
        assertThat(record.attributes()).containsEntry("gen_ai.request.max_tokens", 100L);
        assertThat(record.content()).isEqualTo(new Content("Count to four", Answer.TEXT));
    }

    @Test
    void a_stream_has_a_first_token_and_usage() {
        try (var stream = wrapped().beta().messages().createStreaming(question())) {
            stream.stream().forEach(event -> {});
        }
        CallRecord record = record();
        assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(record.timing().timeToFirstTokenNanos()).isPresent();
        assertThat(record.usage().outputTokens()).hasValue(Answer.OUTPUT_TOKENS);
        assertThat(record.content().output()).isEqualTo(Answer.TEXT);
    }

    @Test
    void a_stream_that_is_closed_early_is_cancelled() {
        try (var stream = wrapped().beta().messages().createStreaming(question())) {
            stream.stream().limit(3).forEach(event -> {});
        }
        assertThat(record().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void an_error_in_a_stream_fails_the_call() {
        play(Ending.ERROR_IN_STREAM);
        try (var stream = wrapped().beta().messages().createStreaming(question())) {
            stream.stream().forEach(event -> {});
        } catch (RuntimeException e) {
            assertThat(record().outcome()).isEqualTo(Outcome.FAILED);
        }
        assertThat(record().error()).isNotNull();
    }

    @Test
    void a_future_is_measured_when_it_is_complete() {
        var answer = wrapped().async().beta().messages().create(question()).join();
        assertThat(answer.content()).hasSize(1);
        assertThat(record().finishReasons()).containsExactly("end_turn");
    }

    @Test
    void an_asynchronous_stream_is_measured() {
        AsyncStreamResponse<?> stream = wrapped().async().beta().messages().createStreaming(question());
        stream.subscribe(event -> {}).onCompleteFuture().join();
        assertThat(record().usage().outputTokens()).hasValue(Answer.OUTPUT_TOKENS);
    }

    @Test
    void tools_that_the_model_asks_for_are_named() {
        play(Ending.TOOL_ROUND_TRIP);
        var unused = wrapped().beta().messages().create(question());
        assertThat(record().attributes()).containsEntry("llm.response.tool_names", java.util.List.of(Answer.TOOL));
    }

    private void play(Ending ending) {
        provider.close();
        provider = ScriptedProvider.playing(ending);
    }

    private CallRecord record() {
        return seen.onlyRecord();
    }

    private AnthropicClient wrapped() {
        return LlmAnthropic.wrap(
                llmops,
                AnthropicOkHttpClient.builder()
                        .baseUrl(provider.uri().toString())
                        .apiKey("sk-test")
                        .build());
    }

    private static MessageCreateParams question() {
        return MessageCreateParams.builder()
                .model(Answer.ANTHROPIC_MODEL)
                .maxTokens(100)
                .metadata(BetaMetadata.builder().userId("u-1").build())
                .addUserMessage("Count to four")
                .build();
    }
}
