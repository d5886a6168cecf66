package dev.llmops.cost.ledger.internal.store;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** An entry as a row of the table. */
public final class EntryRow {

    public static final String TABLE = "llm_ledger";

    public static final List<String> COLUMNS =
            EntryColumn.ALL.stream().map(EntryColumn::sqlName).toList();

    private EntryRow() {}

    public static void bind(PreparedStatement insert, LedgerEntry entry) throws SQLException {
        int index = 0;
        for (EntryColumn<?> column : EntryColumn.ALL) {
            column.bind(insert, ++index, entry);
        }
    }

    public static LedgerEntry read(ResultSet row) throws SQLException {
        EntryValues values = new EntryValues();
        for (EntryColumn<?> column : EntryColumn.STORED) {
            values.read(column, row);
        }
        return values.entry();
    }
}
