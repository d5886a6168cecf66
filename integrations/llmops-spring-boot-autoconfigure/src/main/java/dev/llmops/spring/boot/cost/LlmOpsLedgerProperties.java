package dev.llmops.spring.boot.cost;

import dev.llmops.cost.ledger.entry.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code llmops.ledger.*}.
 *
 * @param enabled Whether every call is booked in a ledger.
 * @param directory Folder of the journal, and of the embedded database if there is no data source; one process each.
 * @param useDataSource Whether entries go to the application's data source if it has one.
 * @param durability What an acknowledged entry survives: the loss of power, or the end of the process only.
 * @param maxJournalSize Size at which the journal counts as full while the database is away.
 * @param keepAttributes Attributes of calls that are kept for later corrections. Empty by default.
 * @param seedBudgets Whether budgets in memory go on from what the ledger has booked.
 * @param seedTimeout Time that the start waits for the ledger before it seeds the budgets.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.ledger")
record LlmOpsLedgerProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("llmops/ledger") Path directory,
        @DefaultValue("true") boolean useDataSource,
        @DefaultValue("disk") Durability durability,
        @DefaultValue("1GB") DataSize maxJournalSize,
        @DefaultValue Set<String> keepAttributes,
        @DefaultValue("true") boolean seedBudgets,
        @DefaultValue("5s") Duration seedTimeout) {}
