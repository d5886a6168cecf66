package dev.llmops.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
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
    private final OpenAIClient bare = OpenAIOkHttpClient.builder()
            .baseUrl(provider.uri().resolve("/v1").toString())
            .apiKey("sk-test")
            .build();

    interface Tenants {
        String current();
    }

    @AfterEach
    void close() {
        System.clearProperty("openai.apiKey");
        System.clearProperty("openai.baseUrl");
        provider.close();
        llmops.close();
    }

    @Test
    void one_line_wraps_the_client() {
        System.setProperty("openai.apiKey", "sk-test");
        System.setProperty("openai.baseUrl", provider.uri().resolve("/v1").toString());
        OpenAIClient client = LlmOpenAi.wrap(llmops, OpenAIOkHttpClient.fromEnv());
        var unused = client.chat().completions().create(chat());
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void the_builder_says_who_asks() {
        OpenAIClient client = bare;
        Tenants tenants = () -> "acme";
        OpenAIClient support = LlmOpenAi.builder(llmops)
                .provider("azure.ai.openai")
                .beforeCall(call -> call.feature("support").tenant(tenants.current()))
                .onCall(call -> call.attribute("experiment", "b"))
                .includeUsage(true)
                .build()
                .wrap(client);
        var unused = support.chat().completions().create(chat());
        CallRecord record = seen.onlyRecord();
        assertThat(record.info().provider()).isEqualTo("azure.ai.openai");
        assertThat(record.info().feature()).isEqualTo("support");
        assertThat(record.info().tenant()).isEqualTo("acme");
        assertThat(record.attributes()).containsEntry("experiment", "b");
    }

    @Test
    void a_raw_response_is_measured_when_it_is_parsed() {
        var raw = wrapped().withRawResponse().chat().completions().create(chat());
        assertThat(seen.records()).isEmpty();
        assertThat(raw.parse().choices()).hasSize(1);
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(4);
    }

    @Test
    void a_raw_stream_is_measured_as_it_is_read() {
        try (var stream = wrapped()
                .withRawResponse()
                .chat()
                .completions()
                .createStreaming(chat())
                .parse()) {
            stream.stream().forEach(chunk -> {});
        }
        assertThat(seen.onlyRecord().timing().timeToFirstTokenNanos()).isPresent();
    }

    @Test
    void a_future_is_measured_when_it_is_complete() {
        var answer = wrapped().async().chat().completions().create(chat()).join();
        assertThat(answer.choices()).hasSize(1);
        assertThat(seen.onlyRecord().finishReasons()).containsExactly("stop");
    }

    @Test
    void clients_with_options_measure_too() {
        var unused = wrapped()
                .withOptions(options -> options.maxRetries(0))
                .chat()
                .completions()
                .create(chat());
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void a_stream_that_is_closed_after_its_finish_reason_is_complete() {
        try (var stream = wrapped().chat().completions().createStreaming(chat())) {
            var items = stream.stream().iterator();
            while (items.next().choices().get(0).finishReason().isEmpty()) {}
        }
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void request_and_response_become_attributes() {
        var unused = wrapped()
                .chat()
                .completions()
                .create(chat().toBuilder()
                        .temperature(0.5)
                        .maxCompletionTokens(100)
                        .build());
        assertThat(seen.onlyRecord().attributes())
                .containsEntry("gen_ai.request.temperature", 0.5)
                .containsEntry("gen_ai.request.max_tokens", 100L)
                .containsEntry("openai.response.system_fingerprint", "fp_1")
                .containsEntry("gen_ai.response.id", "chatcmpl-1");
    }

    @Test
    void a_function_that_throws_is_counted_and_harms_no_call() {
        OpenAIClient client = LlmOpenAi.builder(llmops)
                .beforeCall(call -> {
                    throw new IllegalStateException("no tenant");
                })
                .build()
                .wrap(bare);
        assertThat(client.chat().completions().create(chat()).choices()).hasSize(1);
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(llmops.telemetry().values(dev.llmops.core.telemetry.Telemetry.Kind.FAILURES))
                .isNotEmpty();
    }

    @Test
    void an_answer_of_another_endpoint_is_measured_as_what_it_is() {
        EmbeddingCreateParams question = EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .input("text")
                .build();
        var unused = wrapped().embeddings().create(question);
        assertThat(seen.onlyRecord().info().operation().name()).isEqualTo("embeddings");
        assertThat(seen.onlyRecord().info().requestModel()).isEqualTo("text-embedding-3-small");
    }

    private OpenAIClient wrapped() {
        return LlmOpenAi.wrap(llmops, bare);
    }

    private static ChatCompletionCreateParams chat() {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage("Count to four")
                .build();
    }
}
