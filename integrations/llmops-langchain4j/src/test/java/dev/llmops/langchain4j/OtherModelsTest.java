package dev.llmops.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.moderation.Moderation;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.moderation.ModerationRequest;
import dev.langchain4j.model.moderation.ModerationResponse;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScriptedProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherModelsTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().detectVersions(false).listener(seen).build();

    @Test
    void an_embedding_is_a_call_with_the_tokens_of_its_input() {
        EmbeddingModel model = new EmbeddingModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                return Response.from(List.of(Embedding.from(new float[] {1})), new TokenUsage(7));
            }

            @Override
            public ModelProvider provider() {
                return ModelProvider.OPEN_AI;
            }

            @Override
            public String modelName() {
                return "text-embedding-3-small";
            }
        };

        LlmLangChain4j.observe(llmops, model).embed("Paris");

        CallRecord record = seen.onlyRecord();
        assertThat(record.info().operation()).isEqualTo(Operation.EMBEDDINGS);
        assertThat(record.info().provider()).isEqualTo("openai");
        assertThat(record.info().requestModel()).isEqualTo("text-embedding-3-small");
        assertThat(record.usage().inputTokens()).hasValue(7);
    }

    @Test
    void a_moderation_is_a_call() {
        ModerationModel model = new ModerationModel() {
            @Override
            public ModerationResponse doModerate(ModerationRequest request) {
                return ModerationResponse.builder()
                        .moderation(Moderation.notFlagged())
                        .build();
            }
        };

        LlmLangChain4j.observe(llmops, model).moderate("Hello");

        assertThat(seen.onlyRecord().info().operation()).isEqualTo(new Operation("moderation"));
    }

    @Test
    void a_search_outside_of_an_ai_service_is_a_call() {
        LlmLangChain4j.observe(llmops, query -> List.of(Content.from("sunny"))).retrieve(Query.from("Paris"));

        assertThat(seen.onlyRecord().info().operation()).isEqualTo(Operation.RETRIEVAL);
    }

    @Test
    void a_listener_measures_a_model_that_is_not_decorated() {
        try (ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE)) {
            ChatModel model = Models.plain(Ending.COMPLETE, provider.uri(), LlmLangChain4j.chatModelListener(llmops));

            model.chat(UserMessage.from("Count"));
        }

        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(4);
    }

    @Test
    void a_listener_of_a_decorated_model_leaves_the_call_to_the_decorator() {
        try (ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE)) {
            ChatModel model = Models.plain(Ending.COMPLETE, provider.uri(), LlmLangChain4j.chatModelListener(llmops));

            LlmLangChain4j.observe(llmops, model).chat(UserMessage.from("Count"));
        }

        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }
}
