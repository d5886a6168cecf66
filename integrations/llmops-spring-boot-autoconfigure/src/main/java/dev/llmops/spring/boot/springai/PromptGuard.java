package dev.llmops.spring.boot.springai;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.spring.boot.cost.BudgetGuard;
import java.nio.charset.StandardCharsets;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.ObjectProvider;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/** Asks the budgets between the start of a call, which an observer around it makes, and its request. */
final class PromptGuard {

    private final ObjectProvider<LlmOps> llmops;
    private final BudgetGuard budgets;

    PromptGuard(ObjectProvider<LlmOps> llmops, BudgetGuard budgets) {
        this.llmops = llmops;
        this.budgets = budgets;
    }

    void admitCurrent(Prompt prompt) {
        llmops.getObject().currentCall().ifPresent(call -> admit(call, prompt));
    }

    void admit(ContextView context, Prompt prompt) {
        context.<LlmCall>getOrEmpty(LlmCall.class).ifPresent(call -> admit(call, prompt));
    }

    /** No token is shorter than a byte. */
    private void admit(LlmCall call, Prompt prompt) {
        ChatOptions options = prompt.getOptions();
        Integer maxOutputTokens = options == null ? null : options.getMaxTokens();
        budgets.admit(
                call,
                prompt.getContents().getBytes(StandardCharsets.UTF_8).length,
                maxOutputTokens == null ? 0 : maxOutputTokens);
    }

    /** Returns a model that asks the budgets before each request. */
    ChatModel guard(ChatModel model) {
        return new GuardedChatModel(model);
    }

    private final class GuardedChatModel implements ChatModel {

        private final ChatModel model;

        private GuardedChatModel(ChatModel model) {
            this.model = model;
        }

        @Override
        public ChatResponse call(Prompt prompt) {
            admitCurrent(prompt);
            return model.call(prompt);
        }

        @Override
        public Flux<ChatResponse> stream(Prompt prompt) {
            return Flux.deferContextual(context -> {
                admit(context, prompt);
                return model.stream(prompt);
            });
        }

        @Override
        public ChatOptions getOptions() {
            return model.getOptions();
        }

        @Override
        @SuppressWarnings("removal") // until it is removed, applications may ask for it
        public ChatOptions getDefaultOptions() {
            return model.getDefaultOptions();
        }
    }
}
