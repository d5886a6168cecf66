package dev.llmops.spring.boot.cost;

import dev.llmops.cost.budget.Budget;
import dev.llmops.cost.budget.BudgetDimension;
import dev.llmops.cost.budget.BudgetScope;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes budgets of the limits in the properties. */
final class BudgetReader {

    private final LlmOpsBudgetsProperties properties;
    private final List<Budget> budgets = new ArrayList<>();

    private BudgetReader(LlmOpsBudgetsProperties properties) {
        this.properties = properties;
    }

    static List<Budget> read(LlmOpsBudgetsProperties properties) {
        BudgetReader reader = new BudgetReader(properties);
        reader.add("total", BudgetScope.global(), properties.total());
        reader.addEach(BudgetDimension.USER, properties.user());
        reader.addEach(BudgetDimension.TENANT, properties.tenant());
        reader.addEach(BudgetDimension.FEATURE, properties.feature());
        reader.addEach(BudgetDimension.MODEL, properties.model());
        properties
                .values()
                .forEach((dimension, values) -> values.forEach((value, limits) ->
                        reader.add(word(dimension) + "-" + value, BudgetScope.of(dimension, value), limits)));
        return reader.budgets;
    }

    private void addEach(BudgetDimension dimension, List<BudgetLimit> limits) {
        add(word(dimension), BudgetScope.each(dimension), limits);
    }

    /** Budgets are named after their scope and window, such as {@code user-day}. */
    private void add(String name, BudgetScope scope, List<BudgetLimit> limits) {
        for (BudgetLimit limit : limits) {
            Budget.Builder budget = Budget.named(name + "-" + word(limit.window()))
                    .scope(scope)
                    .window(limit.window().in(properties.zone()))
                    .softLimit(limit.amount().multiply(BigDecimal.valueOf(properties.warnAt())))
                    .hardLimit(limit.amount())
                    .whenStoreFails(properties.whenStoreFails());
            budgets.add((properties.enforce() ? budget : budget.warnOnly()).build());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
