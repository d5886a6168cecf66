package dev.llmops.spring.boot.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.spring.boot.LlmOpsContexts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.DefaultToolCallingManager;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

class ToolBeansTest {

    private static final ToolCallback WEATHER = FunctionToolCallback.builder("weather", (String city) -> "sunny")
            .inputType(String.class)
            .build();

    private static void runTool(ToolCallingManager tools) {
        AssistantMessage asking = AssistantMessage.builder()
                .toolCalls(List.of(new AssistantMessage.ToolCall("call_1", "function", "weather", "\"Paris\"")))
                .build();
        Prompt prompt = new Prompt(
                new UserMessage("weather"),
                ToolCallingChatOptions.builder().toolCallbacks(WEATHER).build());
        tools.executeToolCalls(prompt, new ChatResponse(List.of(new Generation(asking))));
    }

    @Test
    void the_final_class_of_spring_ai_is_observed_where_the_bean_is_declared_by_its_interface() {
        LlmOpsContexts.bare()
                .withBean(RecordingListener.class)
                .withBean(
                        ToolCallingManager.class,
                        () -> DefaultToolCallingManager.builder().build())
                .run(context -> {
                    runTool(context.getBean(ToolCallingManager.class));
                    CallRecord record = context.getBean(RecordingListener.class).onlyRecord();
                    assertThat(record.info().operation()).isEqualTo(Operation.EXECUTE_TOOL);
                    assertThat(record.info().requestModel()).isEqualTo("weather");
                });
    }

    @Test
    void a_final_class_that_may_be_injected_by_its_class_is_left_alone() {
        LlmOpsContexts.bare()
                .withBean(
                        DefaultToolCallingManager.class,
                        () -> DefaultToolCallingManager.builder().build())
                .run(context -> assertThat(
                                context.getBean(ToolCallingManager.class).getClass())
                        .isEqualTo(DefaultToolCallingManager.class));
    }
}
