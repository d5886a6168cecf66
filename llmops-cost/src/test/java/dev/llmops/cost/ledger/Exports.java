package dev.llmops.cost.ledger;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.store.EntryJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reads exports back. */
final class Exports {

    private Exports() {}

    static List<LedgerEntry> entries(String json) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (JsonNode entry : new ObjectMapper().readTree(json)) {
            entries.add(EntryJson.read(entry.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return entries;
    }

    /** Rows by column name, read by the rules of RFC 4180. */
    static List<Map<String, String>> csv(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        return rows.subList(1, rows.size()).stream()
                .map(values -> named(rows.get(0), values))
                .toList();
    }

    private static Map<String, String> named(List<String> header, List<String> values) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            named.put(header.get(i), values.get(i));
        }
        return named;
    }
}
