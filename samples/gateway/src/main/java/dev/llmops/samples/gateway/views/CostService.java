package dev.llmops.samples.gateway.views;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.ledger.Ledger;
import dev.llmops.cost.ledger.LedgerBuilder;
import dev.llmops.cost.ledger.entry.LedgerStats;
import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.ledger.query.LedgerDimension;
import dev.llmops.cost.ledger.query.LedgerQuery;
import dev.llmops.cost.ledger.query.LedgerTotal;
import dev.llmops.samples.gateway.http.ApiError;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cost of calls: prices for their records, and the ledger that adds them up. */
public final class CostService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CostService.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    private final PriceBook prices = prices();
    private final Ledger ledger;

    public CostService(Path dataDir, @Nullable String jdbcUrl, Map<String, String> environment, Clock clock) {
        LedgerBuilder builder = Ledger.at(dataDir.resolve("ledger")).clock(clock);
        if (jdbcUrl != null) {
            builder.jdbc(jdbcUrl, environment.get("LLMOPS_JDBC_USER"), environment.get("LLMOPS_JDBC_PASSWORD"));
        }
        try {
            ledger = builder.open();
        } catch (IOException e) {
            throw new IllegalStateException("the ledger in --data-dir cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The bundled prices; the mock provider takes OpenAI's for the models that it plays. */
    private static PriceBook prices() {
        PriceBook bundled = PriceBook.bundled();
        return bundled.updatedBy(
                PriceBook.parse("mock", """
                format: llmops-price-book/1
                published: %s
                providers:
                  - {id: mock, resells: [openai]}
                """.formatted(bundled.published().orElse(Instant.EPOCH))));
    }

    public PriceBook book() {
        return prices;
    }

    public CostEnricher enricher() {
        return CostEnricher.using(prices);
    }

    public LlmListener listener() {
        return ledger.listener();
    }

    /** Returns why calls cannot be booked; empty while they can. */
    List<String> problems() {
        return ledger.health().isHealthy() ? List.of() : List.of("the ledger's journal cannot be written");
    }

    /** Returns what the sums can lack, by name: calls and files that were lost or refused since the start; empty if nothing was. */
    Map<String, Long> lacks() {
        LedgerStats stats = ledger.stats();
        Map<String, Long> lacks = new LinkedHashMap<>();
        lacks.put("dropped", stats.dropped());
        lacks.put("rejected", stats.rejected());
        lacks.put("damaged_files", stats.damagedFiles());
        lacks.values().removeIf(count -> count == 0);
        return lacks;
    }

    /** Completes once an ended call is in the journal, or is known to be in none; on the thread of the journal. */
    public CompletableFuture<Receipt> receipt(LiveCall call) {
        return ledger.receipt(call);
    }

    /**
     * Lets budgets go on from what earlier runs have spent. While the ledger's database is away they begin at zero, and
     * the log says so: better than no gateway.
     */
    public void seed(Budgets budgets) {
        try {
            if (!ledger.flush(PATIENCE)) {
                LOG.warn("budgets leave out what still waits in the ledger's journal");
            }
            budgets.seedFrom(ledger.spendHistory("USD"));
        } catch (SQLException e) {
            LOG.warn(
                    "budgets begin at zero, because the ledger's database does not answer: SQLSTATE {}",
                    e.getSQLState());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sums of all calls that have ended, those of earlier runs included. Waits for the ledger.
     *
     * @throws ApiError.Refusal while the ledger's database cannot be asked
     */
    List<LedgerTotal> totals(LedgerDimension by) {
        try {
            if (ledger.flush(PATIENCE)) {
                return ledger.totals(
                        LedgerQuery.period(Instant.EPOCH, END_OF_TIME).by(by).build());
            }
        } catch (SQLException e) {
            throw behind(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw behind("it has not taken over all entries of the journal yet");
    }

    /**
     * Returns sums as far as the ledger's database has them, without waiting for the rest.
     *
     * @throws SQLException if the database cannot be asked
     */
    public List<LedgerTotal> totals(LedgerQuery query) throws SQLException {
        return ledger.totals(query);
    }

    private static ApiError.Refusal behind(String reason) {
        return new ApiError(503, "dependency_failed", "the ledger's database cannot answer: " + reason, null).refusal();
    }

    /** Carries every entry into the database; what it does not take waits in the journal for the next start. */
    @Override
    public void close() {
        ledger.close();
    }
}
