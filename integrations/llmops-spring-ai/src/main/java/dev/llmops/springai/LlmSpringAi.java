package dev.llmops.springai;

import dev.llmops.core.LlmOps;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;

/**
 * Measures models and tools of Spring AI that are used without a {@code ChatClient}; clients have {@link LlmOpsAdvisor}.
 *
 * <pre>{@code
 * ChatModel model = LlmSpringAi.observe(llmops, openAiChatModel);
 * Flux<ChatResponse> answer = model.stream(prompt);
 * }</pre>
 *
 * <p>User, tenant and the other {@link dev.llmops.core.context.CallFacts} come from the tool context of the prompt's
 * options and, for streams, from the Reactor context. What is returned passes everything on, unchanged and in order, and is
 * thread-safe if the original is.
 *
 * @since 0.1.0
 */
public final class LlmSpringAi {

    private LlmSpringAi() {}

    /**
     * Returns a model of which each request, and each subscription to a stream, is a call. A model that is observed here
     * and used by a client with an {@link LlmOpsAdvisor} counts once.
     *
     * @param llmops observes the calls
     * @param model the model
     * @return a decorator
     */
    public static ChatModel observe(LlmOps llmops, ChatModel model) {
        return new ObservedChatModel(new Calls(llmops), model);
    }

    /**
     * Returns a model of which each request is a call.
     *
     * @param llmops observes the calls
     * @param model the model
     * @return a decorator
     */
    public static EmbeddingModel observe(LlmOps llmops, EmbeddingModel model) {
        return new ObservedEmbeddingModel(new Calls(llmops), model);
    }

    /**
     * Returns a tool whose runs are recorded: with the call that is current or in the Reactor context, such as one of the
     * operation {@code invoke_agent}, and else as calls of the operation {@code execute_tool}.
     *
     * @param llmops observes the calls
     * @param tool the tool
     * @return a decorator
     */
    public static ToolCallback observe(LlmOps llmops, ToolCallback tool) {
        return new ObservedTool(llmops, tool);
    }

    /**
     * Returns a manager that records the runs of all tools that come with a prompt, as {@link #observe(LlmOps,
     * ToolCallback)} does.
     *
     * @param llmops observes the calls
     * @param manager the manager
     * @return a decorator
     */
    public static ToolCallingManager observe(LlmOps llmops, ToolCallingManager manager) {
        return new ObservedToolCallingManager(llmops, manager);
    }
}
