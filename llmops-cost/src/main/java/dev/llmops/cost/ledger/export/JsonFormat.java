package dev.llmops.cost.ledger.export;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.store.EntryJson;
import dev.llmops.cost.ledger.query.LedgerQuery;
import java.io.Writer;
import tools.jackson.core.JsonGenerator;

/** Writes one object per entry, as in the journal. */
final class JsonFormat extends LedgerFormat {

    @Override
    Sheet open(LedgerQuery query, Writer out) {
        JsonGenerator json = EntryJson.generator(out);
        json.writeStartArray();
        return new Sheet() {
            @Override
            boolean write(LedgerEntry entry) {
                EntryJson.write(entry, json);
                return true;
            }

            @Override
            void end() {
                json.writeEndArray();
                json.flush();
            }
        };
    }
}
