package dev.llmops.cost.ledger;

import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
            "service_tier",
            "region",
            "input_tokens",
            "output_tokens",
            "state",
            "amount",
            "currency",
            "provider_reported",
            "reason",
            "price_book_version");

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
                        entry.serviceTier(),
                        entry.region(),
                        count(entry.usage().inputTokens()),
                        count(entry.usage().outputTokens()),
                        entry.cost().state(),
                        entry.cost().amountOrNull(),
                        entry.cost().currency(),
                        entry.cost().providerReportedOrNull(),
                        entry.cost().reason(),
                        entry.cost().priceBookVersion()));
                return 1;
            }
        };
    }

    private static @Nullable Long count(OptionalLong count) {
        return count.isPresent() ? count.getAsLong() : null;
    }
}
