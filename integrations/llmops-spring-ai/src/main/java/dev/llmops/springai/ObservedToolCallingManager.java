package dev.llmops.springai;

import dev.llmops.core.LlmOps;
import java.util.List;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** A manager that runs the tools of a prompt through {@link ObservedTool}. */
final class ObservedToolCallingManager implements ToolCallingManager {

    private final LlmOps llmops;
    private final ToolCallingManager manager;

    ObservedToolCallingManager(LlmOps llmops, ToolCallingManager manager) {
        this.llmops = llmops;
        this.manager = manager;
    }

    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
        return manager.resolveToolDefinitions(options);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
        return manager.executeToolCalls(withObservedTools(prompt), response);
    }

    private Prompt withObservedTools(Prompt prompt) {
        if (!(prompt.getOptions() instanceof ToolCallingChatOptions options)) {
            return prompt;
        }
        List<ToolCallback> tools = options.getToolCallbacks();
        if (tools == null || tools.isEmpty()) {
            return prompt;
        }
        List<ToolCallback> observed = tools.stream().map(this::observe).toList();
        return prompt.mutate()
                .chatOptions(options.mutate().toolCallbacks(observed).build())
                .build();
    }

    private ToolCallback observe(ToolCallback tool) {
        return tool instanceof ObservedTool ? tool : new ObservedTool(llmops, tool);
    }
}
