package dev.llmops.samples.agent;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.budget.BudgetDecision;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.budget.HoldEstimate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Asks the budgets before each request; stands inside the observed model, whose call is current then. */
final class BudgetedModel implements ChatModel {

    private static final long MAX_OUTPUT_TOKENS = 500;

    private final ChatModel model;
    private final LlmOps llmops;
    private final Budgets budgets;

    BudgetedModel(ChatModel model, LlmOps llmops, Budgets budgets) {
        this.model = model;
        this.llmops = llmops;
        this.budgets = budgets;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        llmops.currentCall().ifPresent(call -> admit(call, request));
        return model.doChat(request);
    }

    /** Reserves what the call may cost at most: no token is shorter than a byte. */
    private void admit(LlmCall call, ChatRequest request) {
        long inputTokens = request.messages().toString().getBytes(StandardCharsets.UTF_8).length;
        BigDecimal estimate = HoldEstimate.of(call, PriceBook.bundled())
                .map(highest -> highest.inputTokens(inputTokens)
                        .maxOutputTokens(MAX_OUTPUT_TOKENS)
                        .upperBound())
                .orElse(BigDecimal.ZERO);
        if (budgets.hold(call, estimate) instanceof BudgetDecision.Refused refused) {
            call.reject(
                    CallError.of(ErrorKind.BUDGET_EXCEEDED, refused.refusal().message()));
            throw new BudgetRefusedException(refused.refusal());
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }
}
