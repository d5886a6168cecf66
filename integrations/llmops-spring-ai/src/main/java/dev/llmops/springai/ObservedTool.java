package dev.llmops.springai;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.RunningTool;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/** A tool whose runs are recorded. */
final class ObservedTool implements ToolCallback {

    private static final String PROVIDER = "spring_ai";

    private final LlmOps llmops;
    private final ToolCallback tool;

    ObservedTool(LlmOps llmops, ToolCallback tool) {
        this.llmops = llmops;
        this.tool = tool;
    }

    @Override
    public String call(String input) {
        return observe(() -> tool.call(input));
    }

    @Override
    public String call(String input, @Nullable ToolContext context) {
        return observe(() -> tool.call(input, context));
    }

    private String observe(Supplier<String> run) {
        Optional<LlmCall> around = around();
        return around.isPresent()
                ? runWithin(around.get(), run)
                : llmops.observe(llmops.call(Operation.EXECUTE_TOOL, PROVIDER, name()), call -> {
                    call.usage(TokenUsage.none());
                    return run.get();
                });
    }

    private String runWithin(LlmCall call, Supplier<String> run) {
        try (RunningTool running = call.tool(name())) {
            try {
                return run.get();
            } catch (Throwable e) {
                running.fail(e);
                throw e;
            }
        }
    }

    private Optional<LlmCall> around() {
        LlmCall inContext = ToolCallReactiveContextHolder.getContext().getOrDefault(LlmCall.class, null);
        return Optional.ofNullable(inContext).filter(call -> !call.isEnded()).or(llmops::currentCall);
    }

    private String name() {
        return tool.getToolDefinition().name();
    }

    @Override
    public ToolDefinition getToolDefinition() {
        return tool.getToolDefinition();
    }

    @Override
    public ToolMetadata getToolMetadata() {
        return tool.getToolMetadata();
    }
}
