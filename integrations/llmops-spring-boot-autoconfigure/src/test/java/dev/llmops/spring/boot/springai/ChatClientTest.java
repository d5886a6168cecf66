package dev.llmops.spring.boot.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.spring.boot.LlmOpsContexts;
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
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import reactor.core.publisher.Flux;

class ChatClientTest {

    private static final ChatModel MODEL = new ChatModel() {

        @Override
        public ChatResponse call(Prompt prompt) {
            return answer("sunny");
        }

        @Override
        public Flux<ChatResponse> stream(Prompt prompt) {
            return Flux.just(answer("sun"), answer("ny"));
        }

        @Override
        public ChatOptions getOptions() {
            return ChatOptions.builder().model("gpt-4o").build();
        }

        private ChatResponse answer(String text) {
            return ChatResponse.builder()
                    .generations(List.of(new Generation(new AssistantMessage(text))))
                    .metadata(ChatResponseMetadata.builder()
                            .model("gpt-4o")
                            .usage(new DefaultUsage(812, 4))
                            .build())
                    .build();
        }
    };

    private final ApplicationContextRunner contexts = LlmOpsContexts.bare().withBean(RecordingListener.class);

    private static ChatClient client(ApplicationContext context) {
        ChatClient.Builder builder = ChatClient.builder(MODEL);
        context.getBeanProvider(ChatClientBuilderCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Test
    void a_chat_client_is_observed_without_a_line_of_code() {
        contexts.run(context -> {
            assertThat(client(context).prompt("weather").call().content()).isEqualTo("sunny");
            assertThat(context.getBean(RecordingListener.class).onlyRecord().outcome())
                    .isEqualTo(Outcome.COMPLETED);
        });
    }

    @Test
    void a_stream_has_its_time_to_first_token() {
        contexts.withPropertyValues("llmops.budgets.total=100/day").run(context -> {
            assertThat(client(context).prompt("weather").stream()
                            .content()
                            .collectList()
                            .block())
                    .containsExactly("sun", "ny");
            CallRecord record = context.getBean(RecordingListener.class).onlyRecord();
            assertThat(record.timing().timeToFirstTokenNanos()).isPresent();
        });
    }

    @Test
    void clients_are_left_alone_when_disabled() {
        contexts.withPropertyValues("llmops.spring-ai.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ChatClientBuilderCustomizer.class));
    }
}
