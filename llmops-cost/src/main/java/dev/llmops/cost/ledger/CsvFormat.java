package dev.llmops.cost.ledger;

import java.io.Writer;
import java.util.Arrays;
import java.util.List;

/** One row per entry. */
final class CsvFormat extends LedgerFormat {

    private static final List<String> HEADER = List.of(
            "entry_id",
            "kind",
            "call_id",
            "started_at",
            "recorded_at",
            "tenant",
            "user",
            "feature",
            "provider",
            "model",
            "response_model",
            "version_set",
            "operation",
            "outcome",
            "input_tokens",
            "output_tokens",
            "state",
            "amount",
            "currency",
            "provider_reported",
            "reason");

    @Override
    Sheet open(Writer out) {
        Csv csv = new Csv(out);
        csv.row(HEADER);
        return new Sheet() {
            @Override
            int write(LedgerEntry entry) {
                csv.row(Arrays.asList(
                        entry.entryId(),
                        entry.kind(),
                        entry.callId(),
                        entry.startedAt(),
                        entry.recordedAt(),
                        entry.tenant(),
                        entry.user(),
                        entry.feature(),
                        entry.provider(),
                        entry.model(),
                        entry.responseModel(),
                        entry.versionSet(),
                        entry.operation(),
                        entry.outcome(),
                        entry.inputTokens(),
                        entry.outputTokens(),
                        entry.cost().state(),
                        entry.cost().amountOrNull(),
                        entry.cost().currency(),
                        entry.cost().providerReportedOrNull(),
                        entry.reason()));
                return 1;
            }
        };
    }
}
