package dev.llmops.cost.ledger.internal.store;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** The values of an entry by column, on their way back into one. */
final class EntryValues {

    private final Map<EntryColumn<?>, @Nullable Object> values = new HashMap<>(64);

    void read(EntryColumn<?> column, ResultSet row) throws SQLException {
        values.put(column, column.type().get(row, column.sqlName()));
    }

    /** The parser stands at the value. */
    void read(EntryColumn<?> column, JsonParser json) {
        values.put(column, column.type().read(json));
    }

    LedgerEntry entry() {
        return LedgerEntry.builder(
                        need(EntryColumn.CALL_ID),
                        need(EntryColumn.STARTED_AT),
                        need(EntryColumn.PROVIDER),
                        need(EntryColumn.MODEL))
                .identity(need(EntryColumn.ENTRY_ID), LedgerEntry.Kind.valueOf(need(EntryColumn.KIND)))
                .recordedAt(need(EntryColumn.RECORDED_AT))
                .tenant(get(EntryColumn.TENANT))
                .user(get(EntryColumn.USER))
                .feature(get(EntryColumn.FEATURE))
                .responseModel(get(EntryColumn.RESPONSE_MODEL))
                .versionSet(need(EntryColumn.VERSION_SET))
                .operation(need(EntryColumn.OPERATION))
                .outcome(need(EntryColumn.OUTCOME))
                .serviceTier(get(EntryColumn.SERVICE_TIER))
                .region(get(EntryColumn.REGION))
                .requestId(get(EntryColumn.REQUEST_ID))
                .traceId(get(EntryColumn.TRACE_ID))
                .attributes(get(EntryColumn.ATTRIBUTES, Map.of()))
                .usage(get(EntryColumn.USAGE, TokenUsage.unknown()))
                .cost(new Cost(
                        CostState.valueOf(need(EntryColumn.STATE)),
                        get(EntryColumn.AMOUNT),
                        need(EntryColumn.CURRENCY),
                        get(EntryColumn.COMPONENTS, List.of()),
                        get(EntryColumn.PROVIDER_REPORTED),
                        get(EntryColumn.REASON),
                        get(EntryColumn.PRICE_BOOK_VERSION)))
                .build();
    }

    private <T> T need(EntryColumn<T> column) {
        return Objects.requireNonNull(get(column), column.name());
    }

    private <T> T get(EntryColumn<T> column, T otherwise) {
        @Nullable T value = get(column);
        return value == null ? otherwise : value;
    }

    @SuppressWarnings("unchecked") // read by the column's own type
    private <T> @Nullable T get(EntryColumn<T> column) {
        return (T) values.get(column);
    }
}
