package dev.llmops.spring.boot.actuate;

import dev.llmops.cost.budget.BudgetStatus;
import dev.llmops.cost.budget.BudgetSubject;
import dev.llmops.cost.budget.Budgets;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the budgets, with what is spent of those that are not split by user, tenant, feature or model. */
final class BudgetsSection {

    private static final String GLOBAL = "global";

    private final Budgets budgets;

    BudgetsSection(Budgets budgets) {
        this.budgets = budgets;
    }

    Object read() {
        List<BudgetStatus> statuses = budgets.status(BudgetSubject.builder().build());
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("currency", budgets.currency());
        section.put("limits", statuses.stream().map(BudgetsSection::limit).toList());
        section.put("counts", budgets.stats());
        return section;
    }

    private static Map<String, @Nullable Object> limit(BudgetStatus status) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", status.budget());
        shown.put("hardLimit", text(status.hardLimit()));
        shown.put("softLimit", text(status.softLimit()));
        shown.put("windowEnd", status.windowEnd().toString());
        if (status.scope().equals(GLOBAL)) {
            shown.put("spent", text(status.spent()));
            shown.put("held", text(status.held()));
        }
        return shown;
    }

    private static @Nullable String text(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}
