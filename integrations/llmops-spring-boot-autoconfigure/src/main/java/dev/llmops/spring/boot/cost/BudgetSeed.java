package dev.llmops.spring.boot.cost;

import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.ledger.Ledger;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Lets budgets go on from what earlier runs have spent. */
final class BudgetSeed implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetSeed.class);

    private final Ledger ledger;
    private final Budgets budgets;
    private final Duration patience;

    BudgetSeed(Ledger ledger, Budgets budgets, Duration patience) {
        this.ledger = ledger;
        this.budgets = budgets;
        this.patience = patience;
    }

    /** Seeds the budgets. While the database is away they begin at zero, since an application that starts is worth more. */
    @Override
    public void afterSingletonsInstantiated() {
        try {
            if (!ledger.flush(patience)) {
                LOG.warn("budgets leave out what still waits in the journal of the ledger");
            }
            budgets.seedFrom(ledger.spendHistory(budgets.currency()));
        } catch (SQLException e) {
            LOG.warn(
                    "budgets begin at zero, because the database of the ledger does not answer: SQLSTATE {}",
                    e.getSQLState());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
