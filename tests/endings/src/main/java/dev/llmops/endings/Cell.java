package dev.llmops.endings;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A cell of the table: what was measured, and what the framework's own instrumentation says. */
record Cell(String measured, String framework) {

    static Cell notApplicable(String reason) {
        return new Cell("– " + reason, "");
    }

    static Cell of(List<CallRecord> records, String framework) {
        String measured = records.stream().map(Cell::text).collect(Collectors.joining(", then "));
        return new Cell(records.isEmpty() ? "no call" : measured, framework);
    }

    private static String text(CallRecord record) {
        CallError error = record.error();
        String outcome = record.outcome().name().toLowerCase(Locale.ROOT);
        String kind = error == null || record.outcome() != Outcome.FAILED ? "" : " " + error.kind();
        String output = record.usage().outputTokens().isPresent()
                ? ", " + record.usage().outputTokens().getAsLong() + " tokens"
                : "";
        return outcome + kind + output;
    }
}
