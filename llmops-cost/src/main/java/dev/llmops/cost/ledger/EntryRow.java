package dev.llmops.cost.ledger;

import dev.llmops.core.Cost;
import dev.llmops.core.CostState;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An entry as a row of the table, column by column. */
final class EntryRow {

    static final String TABLE = "llm_ledger";

    static final List<String> COLUMNS = List.of(
            "entry_id",
            "kind",
            "call_id",
            "started_at",
            "recorded_at",
            "tenant",
            "user_id",
            "feature",
            "provider",
            "model",
            "response_model",
            "version_set",
            "operation",
            "outcome",
            "service_tier",
            "region",
            "attributes",
            "usage",
            "input_tokens",
            "output_tokens",
            "state",
            "amount",
            "currency",
            "provider_reported",
            "components",
            "reason",
            "price_book_version");

    private EntryRow() {}

    static void bind(PreparedStatement insert, LedgerEntry entry) throws SQLException {
        int column = 0;
        insert.setString(++column, entry.entryId());
        insert.setString(++column, entry.kind().name());
        insert.setString(++column, entry.callId());
        insert.setObject(++column, time(entry.startedAt()));
        insert.setObject(++column, time(entry.recordedAt()));
        insert.setString(++column, entry.tenant());
        insert.setString(++column, entry.user());
        insert.setString(++column, entry.feature());
        insert.setString(++column, entry.provider());
        insert.setString(++column, entry.model());
        insert.setString(++column, entry.responseModel());
        insert.setString(++column, entry.versionSet());
        insert.setString(++column, entry.operation());
        insert.setString(++column, entry.outcome());
        insert.setString(++column, entry.serviceTier());
        insert.setString(++column, entry.region());
        insert.setString(++column, entry.attributes().isEmpty() ? null : EntryJson.attributes(entry.attributes()));
        insert.setString(++column, EntryJson.usage(entry.usage()));
        bind(insert, ++column, entry.usage().inputTokens());
        bind(insert, ++column, entry.usage().outputTokens());
        insert.setString(++column, entry.cost().state().name());
        insert.setBigDecimal(++column, entry.cost().amountOrNull());
        insert.setString(++column, entry.cost().currency());
        insert.setBigDecimal(++column, entry.cost().providerReportedOrNull());
        insert.setString(++column, EntryJson.components(entry.cost().components()));
        insert.setString(++column, entry.cost().reason());
        insert.setString(++column, entry.cost().priceBookVersion());
    }

    private static void bind(PreparedStatement insert, int column, OptionalLong count) throws SQLException {
        if (count.isPresent()) {
            insert.setLong(column, count.getAsLong());
        } else {
            insert.setNull(column, Types.BIGINT);
        }
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static LedgerEntry read(ResultSet row) throws SQLException {
        return LedgerEntry.builder(
                        text(row, "call_id"), instant(row, "started_at"), text(row, "provider"), text(row, "model"))
                .identity(text(row, "entry_id"), LedgerEntry.Kind.valueOf(text(row, "kind")))
                .recordedAt(instant(row, "recorded_at"))
                .tenant(row.getString("tenant"))
                .user(row.getString("user_id"))
                .feature(row.getString("feature"))
                .responseModel(row.getString("response_model"))
                .versionSet(text(row, "version_set"))
                .operation(text(row, "operation"))
                .outcome(text(row, "outcome"))
                .serviceTier(row.getString("service_tier"))
                .region(row.getString("region"))
                .attributes(attributes(row))
                .usage(EntryJson.readUsage(text(row, "usage")))
                .cost(cost(row))
                .build();
    }

    private static Map<String, String> attributes(ResultSet row) throws SQLException {
        @Nullable String json = row.getString("attributes");
        return json == null ? Map.of() : EntryJson.readAttributes(json);
    }

    private static Cost cost(ResultSet row) throws SQLException {
        @Nullable BigDecimal amount = row.getBigDecimal("amount");
        @Nullable BigDecimal reported = row.getBigDecimal("provider_reported");
        return new Cost(
                CostState.valueOf(text(row, "state")),
                amount,
                text(row, "currency"),
                EntryJson.readComponents(text(row, "components")),
                reported,
                row.getString("reason"),
                row.getString("price_book_version"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column)
                .toInstant();
    }
}
