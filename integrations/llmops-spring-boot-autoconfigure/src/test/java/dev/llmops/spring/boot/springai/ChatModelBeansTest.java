package dev.llmops.spring.boot.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.spring.boot.LlmOpsContexts;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.MeasurementReport.UnmeasuredArea;
import dev.llmops.spring.boot.cost.BudgetExceededException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import reactor.core.publisher.Flux;

class ChatModelBeansTest {

    /** A model with a method of its own, as applications inject by class. */
    static class OwnModel implements ChatModel {

        @Override
        public ChatResponse call(Prompt prompt) {
            return answer("{\"city\":\"Paris\"}");
        }

        @Override
        public Flux<ChatResponse> stream(Prompt prompt) {
            return Flux.just(answer("sun"), answer("ny"));
        }

        @Override
        public ChatOptions getOptions() {
            return ChatOptions.builder().model("gpt-4o").build();
        }

        String ownMethod() {
            return "own";
        }

        private static ChatResponse answer(String text) {
            return ChatResponse.builder()
                    .generations(List.of(new Generation(new AssistantMessage(text))))
                    .metadata(ChatResponseMetadata.builder()
                            .model("gpt-4o")
                            .usage(new DefaultUsage(812, 4))
                            .build())
                    .build();
        }
    }

    static final class FinalModel extends OwnModel {}

    static class OwnEmbeddings implements EmbeddingModel {

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
    }

    record Weather(String city) {}

    private final ApplicationContextRunner contexts =
            LlmOpsContexts.bare().withBean(RecordingListener.class).withBean(OwnModel.class);

    private static List<CallRecord> records(ApplicationContext context) {
        return context.getBean(RecordingListener.class).records();
    }

    private static ChatClient client(ApplicationContext context) {
        ChatClient.Builder builder = ChatClient.builder(context.getBean(ChatModel.class));
        context.getBeanProvider(ChatClientBuilderCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Test
    void a_model_without_a_client_is_observed_and_still_injected_by_its_class() {
        contexts.run(context -> {
            OwnModel model = context.getBean(OwnModel.class);
            assertThat(model.call("weather")).contains("Paris");
            assertThat(model.ownMethod()).isEqualTo("own");
            assertThat(records(context)).singleElement().satisfies(record -> {
                assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
                assertThat(record.info().requestModel()).isEqualTo("gpt-4o");
                assertThat(record.usage().outputTokens()).hasValue(4);
            });
        });
    }

    @Test
    void a_stream_of_a_model_has_its_time_to_first_token() {
        contexts.run(context -> {
            assertThat(context.getBean(ChatModel.class).stream("weather")
                            .collectList()
                            .block())
                    .containsExactly("sun", "ny");
            assertThat(records(context))
                    .singleElement()
                    .satisfies(record ->
                            assertThat(record.timing().timeToFirstTokenNanos()).isPresent());
        });
    }

    @Test
    void a_client_over_the_model_counts_once() {
        contexts.withPropertyValues("llmops.budgets.total=100/day").run(context -> {
            ChatClient client = client(context);
            assertThat(client.prompt("weather").call().content()).contains("Paris");
            client.prompt("weather").stream().content().blockLast();
            assertThat(records(context)).hasSize(2);
        });
    }

    @Test
    void an_entity_is_a_call_with_its_usage() {
        contexts.run(context -> {
            assertThat(client(context).prompt("weather").call().entity(Weather.class))
                    .isEqualTo(new Weather("Paris"));
            assertThat(records(context))
                    .singleElement()
                    .satisfies(
                            record -> assertThat(record.usage().outputTokens()).hasValue(4));
        });
    }

    @Test
    void a_budget_refuses_a_model_without_a_client() {
        contexts.withPropertyValues(
                        "llmops.budgets.total=0.000001/day", "llmops.cost.price-books=classpath:spring-ai-prices.yml")
                .run(context -> {
                    ChatModel model = context.getBean(ChatModel.class);
                    assertThatThrownBy(() -> model.call("weather")).isInstanceOf(BudgetExceededException.class);
                    assertThatThrownBy(() -> model.stream("weather").blockLast())
                            .isInstanceOf(BudgetExceededException.class);
                    assertThat(records(context))
                            .extracting(CallRecord::outcome)
                            .containsExactly(Outcome.REJECTED, Outcome.REJECTED);
                });
    }

    @Test
    void an_embedding_model_is_observed_and_still_injected_by_its_class() {
        contexts.withBean(OwnEmbeddings.class).run(context -> {
            assertThat(context.getBean(OwnEmbeddings.class).embed("Paris")).hasSize(1);
            assertThat(records(context))
                    .singleElement()
                    .satisfies(
                            record -> assertThat(record.usage().inputTokens()).hasValue(7));
        });
    }

    @Test
    void a_model_that_is_final_is_named_among_what_is_not_measured() {
        contexts.withBean("closed", FinalModel.class).run(context -> {
            assertThat(context.getBean(FinalModel.class).call("weather")).contains("Paris");
            assertThat(records(context)).isEmpty();
            assertThat(context.getBean(MeasurementReport.class).unmeasured())
                    .filteredOn(area -> area.name().contains("bean"))
                    .extracting(UnmeasuredArea::toString)
                    .containsExactly("calls of the bean closed (its class is final)");
        });
    }

    @Test
    void models_are_left_alone_when_disabled() {
        contexts.withPropertyValues("llmops.spring-ai.enabled=false")
                .run(context ->
                        assertThat(context.getBean(ChatModel.class).getClass()).isEqualTo(OwnModel.class));
    }
}
