package dev.llmops.cost.ledger.export;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.store.EntryColumn;
import dev.llmops.cost.ledger.query.LedgerQuery;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one row per entry. */
final class CsvFormat extends LedgerFormat {

    @Override
    Sheet open(LedgerQuery query, Writer out) {
        Csv csv = new Csv(out);
        csv.row(EntryColumn.FLAT.stream().map(EntryColumn::name).toList());
        return new Sheet() {
            @Override
            boolean write(LedgerEntry entry) {
                List<@Nullable Object> row = new ArrayList<>(EntryColumn.FLAT.size());
                EntryColumn.FLAT.forEach(column -> row.add(column.of(entry)));
                csv.row(row);
                return true;
            }
        };
    }
}
