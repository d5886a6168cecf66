package dev.llmops.samples.agent;

import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.core.context.CallFacts;
import dev.llmops.core.version.VersionSet;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.budget.Budget;
import dev.llmops.cost.budget.BudgetDimension;
import dev.llmops.cost.budget.BudgetScope;
import dev.llmops.cost.budget.BudgetStatus;
import dev.llmops.cost.budget.BudgetStore;
import dev.llmops.cost.budget.BudgetSubject;
import dev.llmops.cost.budget.BudgetWindow;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.langchain4j.LlmLangChain4j;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;

/** Answers questions with a model and the tools of the workshop, within the budget of each user. Thread-safe. */
final class Agent implements AutoCloseable {

    static final String MODEL = "gpt-4o-mini";

    /** The AI service. */
    private interface Assistant {

        @SystemMessage(
                "Answer in one sentence. The workshop opens at eight and closes at six. A repair takes five days.")
        String chat(@UserMessage String question, InvocationParameters parameters);
    }

    private final LlmOps llmops;
    private final Budgets budgets;
    private final Assistant assistant;

    /**
     * Creates an agent.
     *
     * @param baseUrl the provider, with its version
     * @param apiKey the key of the provider
     * @param dailyBudget what each user may spend a day, in US dollars
     * @param listeners see every call
     */
    Agent(String baseUrl, String apiKey, BigDecimal dailyBudget, LlmListener... listeners) {
        budgets = Budgets.builder("USD")
                .add(Budget.named("user-day")
                        .scope(BudgetScope.each(BudgetDimension.USER))
                        .window(BudgetWindow.daily(ZoneOffset.UTC))
                        .hardLimit(dailyBudget)
                        .build())
                .store(BudgetStore.inMemory())
                .build();
        LlmOpsBuilder builder = LlmOps.builder()
                .versionSet(VersionSet.builder().prompt("workshop-v1").build())
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(budgets.listener());
        List.of(listeners).forEach(builder::listener);
        llmops = builder.build();
        ChatModel model = OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey(apiKey)
                .modelName(MODEL)
                .build();
        assistant = AiServices.builder(Assistant.class)
                .chatModel(LlmLangChain4j.observe(llmops, new BudgetedModel(model, llmops, budgets)))
                .tools(new Workshop())
                .registerListeners(LlmLangChain4j.aiServiceListeners(llmops))
                .build();
    }

    /**
     * Answers a question.
     *
     * @param user who asks, and pays
     * @param question the question
     * @return the answer
     * @throws BudgetRefusedException if the user's budget has no room for it
     */
    String ask(String user, String question) {
        return assistant.chat(question, InvocationParameters.from(CallFacts.USER, user));
    }

    /** Returns what a user has spent today, and of how much. */
    BudgetStatus budget(String user) {
        return budgets.status(BudgetSubject.builder().user(user).build()).get(0);
    }

    @Override
    public void close() {
        llmops.close();
        budgets.close();
    }
}
