package dev.llmops.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Scope;
import dev.llmops.core.context.CallFacts;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.Content;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.ToolCall;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.endings.Answer;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScriptedProvider;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;

class LlmSpringAiTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().detectVersions(false).listener(seen).build();

    @AfterEach
    void close() {
        llmops.close();
    }

    @Test
    void an_observed_model_under_a_client_with_the_advisor_counts_once() {
        try (ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE)) {
            ChatModel model = LlmSpringAi.observe(llmops, new OpenAi(Ending.COMPLETE, provider.uri()).model);
            ChatClient client = ChatClient.builder(model)
                    .defaultAdvisors(new LlmOpsAdvisor(llmops))
                    .build();

            client.prompt("Count").stream().content().blockLast();
            client.prompt("Count").call().content();
        }

        assertThat(seen.records()).hasSize(2).allSatisfy(record -> {
            assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(record.usage().outputTokens()).hasValue(4);
        });
    }

    @Test
    void the_reactor_context_says_who_asks_a_model() {
        try (ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE)) {
            LlmSpringAi.observe(llmops, new OpenAi(Ending.COMPLETE, provider.uri()).model).stream(new Prompt("Count"))
                    .contextWrite(context -> context.put(CallFacts.USER, "u1"))
                    .blockLast();
        }

        assertThat(seen.onlyRecord().info().user()).isEqualTo("u1");
        assertThat(seen.onlyRecord().info().requestModel()).isEqualTo(Answer.OPENAI_MODEL);
    }

    @Test
    void the_tool_context_says_who_asks_a_model() {
        try (ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE)) {
            OpenAiChatOptions.Builder options = OpenAi.options(Ending.COMPLETE, provider.uri());
            options.toolContext(CallFacts.TENANT, "acme");

            LlmSpringAi.observe(llmops, new OpenAi(Ending.COMPLETE, provider.uri()).model)
                    .call(new Prompt("Count", options.build()));
        }

        assertThat(seen.onlyRecord().info().tenant()).isEqualTo("acme");
    }

    @Test
    void a_stream_keeps_its_answer_where_content_is_captured() {
        LlmOps capturing = LlmOps.builder()
                .detectVersions(false)
                .contentPolicy(ContentPolicy.builder().captureContent(true).build())
                .listener(seen)
                .build();
        try (ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE)) {
            LlmSpringAi.observe(capturing, new OpenAi(Ending.COMPLETE, provider.uri()).model).stream(
                            new Prompt("Count"))
                    .blockLast();
        }
        capturing.close();

        assertThat(seen.onlyRecord().content()).isEqualTo(new Content("Count", Answer.TEXT));
    }

    record Weather(String city) {}

    @Test
    void an_answer_that_is_no_entity_is_counted_all_the_same() {
        try (ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE)) {
            ChatClient client = ChatClient.builder(new OpenAi(Ending.COMPLETE, provider.uri()).model)
                    .defaultAdvisors(new LlmOpsAdvisor(llmops))
                    .build();

            assertThatThrownBy(() -> client.prompt("Count").call().entity(Weather.class))
                    .isInstanceOf(RuntimeException.class);
        }

        assertThat(seen.records())
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.usage().outputTokens()).hasValue(4));
    }

    @Test
    void an_embedding_is_a_call_with_the_tokens_of_its_input() {
        EmbeddingModel model = new EmbeddingModel() {
            @Override
            public EmbeddingResponse call(EmbeddingRequest request) {
                return new EmbeddingResponse(
                        List.of(new Embedding(new float[] {1}, 0)),
                        new EmbeddingResponseMetadata("text-embedding-3-small", new DefaultUsage(7, 0)));
            }

            @Override
            public float[] embed(Document document) {
                return new float[] {1};
            }
        };

        LlmSpringAi.observe(llmops, model).embed("Paris");

        assertThat(seen.onlyRecord().info().operation()).isEqualTo(Operation.EMBEDDINGS);
        assertThat(seen.onlyRecord().responseModel()).isEqualTo("text-embedding-3-small");
        assertThat(seen.onlyRecord().usage().inputTokens()).hasValue(7);
    }

    @Test
    void a_tool_without_a_call_around_it_is_a_call() {
        ToolCallback tool = LlmSpringAi.observe(llmops, ToolCallbacks.from(new OpenAi.Weather())[0]);

        assertThat(tool.call("{\"city\":\"Paris\"}")).contains("sunny");

        assertThat(seen.onlyRecord().info().operation()).isEqualTo(Operation.EXECUTE_TOOL);
        assertThat(seen.onlyRecord().info().requestModel()).isEqualTo(Answer.TOOL);
    }

    @Test
    void a_manager_records_the_tools_of_a_prompt_with_the_call_around_them() {
        ToolCallingManager manager =
                LlmSpringAi.observe(llmops, ToolCallingManager.builder().build());
        try (ScriptedProvider provider = ScriptedProvider.playing(Ending.TOOL_ROUND_TRIP)) {
            OpenAiChatOptions options = OpenAi.options(Ending.COMPLETE, provider.uri())
                    .toolCallbacks(ToolCallbacks.from(new OpenAi.Weather()))
                    .build();
            Prompt prompt = new Prompt("Count", options);
            var response = new OpenAi(Ending.COMPLETE, provider.uri()).model.call(prompt);

            try (LlmCall agent = llmops.call(Operation.INVOKE_AGENT, "spring_ai", "assistant")
                            .start();
                    Scope scope = agent.makeCurrent()) {
                manager.executeToolCalls(prompt, response);
                agent.finish();
            }
        }

        assertThat(seen.onlyRecord().toolCalls()).extracting(ToolCall::name).containsExactly(Answer.TOOL);
    }
}
