package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.budget.Budget;
import dev.llmops.cost.budget.BudgetDecision;
import dev.llmops.cost.budget.BudgetDimension;
import dev.llmops.cost.budget.BudgetScope;
import dev.llmops.cost.budget.BudgetStore;
import dev.llmops.cost.budget.BudgetSubject;
import dev.llmops.cost.budget.BudgetWindow;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.budget.HoldEstimate;
import dev.llmops.cost.ledger.Ledger;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetsGuideTest {

    private static Budgets tiny() {
        return Budgets.builder("USD")
                .add(Budget.named("user-day")
                        .scope(BudgetScope.each(BudgetDimension.USER))
                        .window(BudgetWindow.daily(ZoneOffset.UTC))
                        .hardLimit(new BigDecimal("0.000001"))
                        .build())
                .store(BudgetStore.inMemory())
                .build();
    }

    @Test
    void budgets() {
        Budgets budgets = Budgets.builder("USD")
                .add(Budget.named("user-day")
                        .scope(BudgetScope.each(BudgetDimension.USER))
                        .window(BudgetWindow.daily(ZoneId.of("Europe/Berlin")))
                        .softLimit(new BigDecimal("4"))
                        .hardLimit(new BigDecimal("5"))
                        .build())
                .add(Budget.named("acme-month")
                        .scope(BudgetScope.of(BudgetDimension.TENANT, "acme"))
                        .window(BudgetWindow.monthly(ZoneOffset.UTC))
                        .hardLimit(new BigDecimal("1000"))
                        .build())
                .store(BudgetStore.inMemory())
                .build();

        LlmOps llmops = LlmOps.builder()
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(budgets.listener()) // settles every call at its cost
                .build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").user("u1").start().finish();
        assertThat(budgets.status(
                        BudgetSubject.builder().user("u1").tenant("acme").build()))
                .hasSize(2);
        budgets.close();
    }

    @Test
    void a_call_beyond_its_budget_is_refused() {
        Budgets budgets = tiny();
        RecordingListener seen = new RecordingListener();
        LlmOps llmops = LlmOps.builder().listener(seen).build();
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .user("u1")
                .tenant("acme")
                .start();
        BigDecimal estimate = HoldEstimate.of(call, PriceBook.bundled())
                .map(highest -> highest.inputTokens(812).maxOutputTokens(500).upperBound())
                .orElse(BigDecimal.ZERO); // a model without a price

        BudgetDecision decision = budgets.hold(call, estimate);
        if (decision instanceof BudgetDecision.Refused refused) {
            call.reject(
                    CallError.of(ErrorKind.BUDGET_EXCEEDED, refused.refusal().message()));
        }
        assertThat(estimate).isGreaterThanOrEqualTo(new BigDecimal("0.00703"));
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.REJECTED);
        budgets.close();
    }

    @Test
    void a_store_for_a_fleet() {
        BudgetStore store = BudgetStore.redis(URI.create("redis://redis:6379"), "production", Duration.ofMillis(100));
        store.close();
    }

    @Test
    void a_store_on_a_cluster_that_is_away_goes_on_trying() {
        BudgetStore sharded = BudgetStore.redisCluster(
                List.of(URI.create("redis://node-1:6379"), URI.create("redis://node-2:6379")),
                "production",
                Duration.ofMillis(100));
        sharded.close();
    }

    @Test
    void the_past_of_a_new_store(@TempDir Path folder) throws IOException, SQLException {
        try (Budgets budgets = tiny();
                Ledger ledger = Ledger.at(folder).open()) {
            budgets.seedFrom(ledger.spendHistory("USD")); // before the first call
            assertThat(budgets.stats()).isNotNull();
        }
    }
}
