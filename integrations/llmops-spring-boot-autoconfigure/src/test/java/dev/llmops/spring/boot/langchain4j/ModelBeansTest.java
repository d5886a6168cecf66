package dev.llmops.spring.boot.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.spring.boot.LlmOpsContexts;
import dev.llmops.spring.boot.cost.BudgetExceededException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ModelBeansTest {

    /** A model with a method of its own, as applications inject by class. */
    static class OwnModel implements ChatModel {

        @Override
        public ChatResponse doChat(ChatRequest request) {
            return ChatResponse.builder()
                    .aiMessage(AiMessage.from("sunny"))
                    .modelName("gpt-4o-2024-08-06")
                    .tokenUsage(new TokenUsage(812, 4))
                    .finishReason(FinishReason.STOP)
                    .build();
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return DefaultChatRequestParameters.builder().modelName("gpt-4o").build();
        }

        @Override
        public ModelProvider provider() {
            return ModelProvider.OPEN_AI;
        }

        String ownMethod() {
            return "own";
        }
    }

    static final class FinalModel implements ChatModel {}

    private final ApplicationContextRunner contexts =
            LlmOpsContexts.bare().withBean(RecordingListener.class).withBean(OwnModel.class);

    @Test
    void a_model_among_the_beans_is_observed_and_still_injected_by_its_class() {
        contexts.run(context -> {
            OwnModel model = context.getBean(OwnModel.class);
            assertThat(model.chat("weather")).isEqualTo("sunny");
            assertThat(model.ownMethod()).isEqualTo("own");
            CallRecord record = context.getBean(RecordingListener.class).onlyRecord();
            assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(record.info().requestModel()).isEqualTo("gpt-4o");
        });
    }

    @Test
    void a_final_class_is_left_alone() {
        LlmOpsContexts.bare()
                .withBean(FinalModel.class)
                .run(context ->
                        assertThat(context.getBean(ChatModel.class).getClass()).isEqualTo(FinalModel.class));
    }

    @Test
    void models_are_left_alone_when_disabled() {
        contexts.withPropertyValues("llmops.langchain4j.enabled=false")
                .run(context ->
                        assertThat(context.getBean(ChatModel.class).getClass()).isEqualTo(OwnModel.class));
    }

    @Test
    void a_budget_refuses_a_chat_before_the_model_is_asked() {
        contexts.withPropertyValues("llmops.budgets.total=0.000001/day").run(context -> {
            ChatModel model = context.getBean(ChatModel.class);
            assertThatThrownBy(() -> model.chat("weather")).isInstanceOf(BudgetExceededException.class);
            assertThat(context.getBean(RecordingListener.class).onlyRecord().outcome())
                    .isEqualTo(Outcome.REJECTED);
        });
    }
}
