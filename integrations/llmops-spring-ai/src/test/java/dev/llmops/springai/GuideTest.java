package dev.llmops.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.context.CallFacts;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.core.version.VersionSet;
import dev.llmops.endings.Answer;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScriptedProvider;
import io.micrometer.core.instrument.Meter;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.model.tool.ToolCallingManager;
import reactor.core.publisher.Flux;

/** The examples of docs/spring-ai.md. */
class GuideTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder()
            .detectVersions(false)
            .versionSet(VersionSet.builder().prompt("support-v12").build())
            .listener(seen)
            .build();
    private final ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE);
    private final OpenAi openAi = new OpenAi(Ending.COMPLETE, provider.uri());
    private final ChatModel model = openAi.model;

    @AfterEach
    void close() {
        provider.close();
        llmops.close();
    }

    private ChatClient client() {
        ChatClient client = ChatClient.builder(model)
                .defaultAdvisors(new LlmOpsAdvisor(llmops))
                .build();
        return client;
    }

    @Test
    void the_advisor_measures_a_client() {
        assertThat(client().prompt().user("Count").call().content()).isEqualTo(Answer.TEXT);

        assertThat(seen.onlyRecord().info().provider()).isEqualTo("openai");
        assertThat(seen.onlyRecord().info().requestModel()).isEqualTo(Answer.OPENAI_MODEL);
        assertThat(seen.onlyRecord().usage().cachedInputTokens()).isEqualTo(Answer.CACHED_TOKENS);
    }

    @Test
    void parameters_of_the_advisors_say_who_asks() {
        ChatClient client = client();

        Flux<String> answer = client
                .prompt()
                .user("Count")
                .advisors(spec -> spec.param(CallFacts.USER, "u1")
                        .param(CallFacts.TENANT, "acme")
                        .param(ChatMemory.CONVERSATION_ID, "chat-1")
                        .param(CallFacts.DEADLINE, Duration.ofSeconds(30)))
                .stream()
                .content();

        answer.blockLast();
        CallInfo info = seen.onlyRecord().info();
        assertThat(info.user()).isEqualTo("u1");
        assertThat(info.tenant()).isEqualTo("acme");
        assertThat(info.conversationId()).isEqualTo("chat-1");
    }

    @Test
    void the_version_set_is_on_the_meters_of_spring_ai() {
        ObservationRegistry observations = openAi.observations;
        observations.observationConfig().observationFilter(new VersionSetFilter(llmops));

        client().prompt().user("Count").call().content();

        assertThat(openAi.meters.find("gen_ai.client.operation").timer())
                .isNotNull()
                .satisfies(this::hasVersions);
        assertThat(openAi.meters.find("gen_ai.client.token.usage").counters())
                .isNotEmpty()
                .allSatisfy(this::hasVersions);
    }

    @Test
    void models_and_tools_without_a_client() {
        EmbeddingModel embeddingModel = new NoEmbeddings();
        ToolCallingManager toolCallingManager = ToolCallingManager.builder().build();

        ChatModel observed = LlmSpringAi.observe(llmops, model);
        EmbeddingModel embeddings = LlmSpringAi.observe(llmops, embeddingModel);
        ToolCallingManager tools = LlmSpringAi.observe(llmops, toolCallingManager);

        assertThat(observed.call("Count")).isEqualTo(Answer.TEXT);
        assertThat(seen.records()).hasSize(1);
        assertThat(embeddings).isNotSameAs(embeddingModel);
        assertThat(tools).isNotSameAs(toolCallingManager);
    }

    private static final class NoEmbeddings implements EmbeddingModel {

        @Override
        public EmbeddingResponse call(EmbeddingRequest request) {
            return new EmbeddingResponse(List.of());
        }

        @Override
        public float[] embed(Document document) {
            return new float[0];
        }
    }

    private void hasVersions(Meter meter) {
        assertThat(meter.getId().getTag("version_set"))
                .isEqualTo(llmops.versionSet().id());
    }
}
