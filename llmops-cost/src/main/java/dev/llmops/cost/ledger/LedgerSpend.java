package dev.llmops.cost.ledger;

import dev.llmops.cost.budget.BudgetDimension;
import dev.llmops.cost.budget.BudgetSubject;
import dev.llmops.cost.budget.SpendHistory;
import dev.llmops.cost.ledger.internal.jdbc.LedgerDatabase;
import dev.llmops.cost.ledger.query.LedgerDimension;
import dev.llmops.cost.ledger.query.LedgerQuery;
import dev.llmops.cost.ledger.query.LedgerTotal;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Past spend, read off the ledger. */
record LedgerSpend(LedgerDatabase database, String currency) implements SpendHistory {

    private static final Duration WITHOUT_END = Duration.ofDays(36_500);

    @Override
    public Map<BudgetSubject, BigDecimal> spentSince(Instant since, Set<BudgetDimension> by) throws SQLException {
        LedgerQuery.Builder query = LedgerQuery.period(since, since.plus(WITHOUT_END));
        by.forEach(dimension -> query.by(column(dimension)));
        Map<BudgetSubject, BigDecimal> spent = new HashMap<>();
        for (LedgerTotal total : database.totals(query.build())) {
            if (total.currency().equals(currency) && total.amount().signum() > 0) {
                spent.put(subject(total), total.amount());
            }
        }
        return spent;
    }

    private static LedgerDimension column(BudgetDimension dimension) {
        return switch (dimension) {
            case TENANT -> LedgerDimension.TENANT;
            case USER -> LedgerDimension.USER;
            case FEATURE -> LedgerDimension.FEATURE;
            case MODEL -> LedgerDimension.MODEL;
        };
    }

    private static BudgetSubject subject(LedgerTotal total) {
        return BudgetSubject.builder()
                .tenant(total.key().get(LedgerDimension.TENANT))
                .user(total.key().get(LedgerDimension.USER))
                .feature(total.key().get(LedgerDimension.FEATURE))
                .model(total.key().get(LedgerDimension.MODEL))
                .build();
    }
}
