package dev.llmops.spring.boot.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.spring.boot.cost.BudgetGuard;
import dev.llmops.spring.boot.internal.ObservedBeans;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.ObjectProvider;

/** Asks the budgets between the start of a call, which the decorator around it makes current, and its request. */
final class ModelGuard {

    private final ObjectProvider<LlmOps> llmops;
    private final BudgetGuard budgets;

    ModelGuard(ObjectProvider<LlmOps> llmops, BudgetGuard budgets) {
        this.llmops = llmops;
        this.budgets = budgets;
    }

    /** Returns an implementation of the interface that asks before it passes a chat request on. */
    <T> T guard(Class<T> type, T model) {
        Object guarded =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length > 0 && arguments[0] instanceof ChatRequest request) {
                        llmops.getObject().currentCall().ifPresent(call -> admit(call, request));
                    }
                    return ObservedBeans.invoke(method, model, arguments);
                });
        return type.cast(guarded);
    }

    /** No token is shorter than a byte. */
    private void admit(LlmCall call, ChatRequest request) {
        Integer maxOutputTokens = request.maxOutputTokens();
        budgets.admit(
                call,
                request.messages().toString().getBytes(StandardCharsets.UTF_8).length,
                maxOutputTokens == null ? 0 : maxOutputTokens);
    }
}
