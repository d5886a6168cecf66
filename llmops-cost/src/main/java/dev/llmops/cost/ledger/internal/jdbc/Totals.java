package dev.llmops.cost.ledger.internal.jdbc;

import dev.llmops.core.record.CostState;
import dev.llmops.cost.accounting.AccountTotals;
import dev.llmops.cost.accounting.UnitEconomics;
import dev.llmops.cost.internal.PlainDecimals;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.store.EntryColumn;
import dev.llmops.cost.ledger.internal.store.EntryJson;
import dev.llmops.cost.ledger.internal.store.EntryRow;
import dev.llmops.cost.ledger.query.LedgerDimension;
import dev.llmops.cost.ledger.query.LedgerQuery;
import dev.llmops.cost.ledger.query.LedgerTotal;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts the sums of a query together. The database splits by columns, by quarters of an hour and by whole sets of
 * attributes, in SQL that every database has; quarters are joined here to hours and days of any zone, sets by the attributes
 * that were asked for.
 */
final class Totals {

    /** The offsets of all zones are whole quarters of an hour. */
    private static final int QUARTER_SECONDS = 900;

    private static final String QUARTER =
            "CAST(FLOOR(EXTRACT(EPOCH FROM started_at) / " + QUARTER_SECONDS + ") AS BIGINT)";
    private static final String ATTRIBUTES = EntryColumn.ATTRIBUTES.sqlName();

    private final LedgerQuery query;
    private final Map<List<@Nullable Object>, LedgerTotal> totals = new LinkedHashMap<>();

    Totals(LedgerQuery query) {
        this.query = query;
    }

    String sql() {
        List<String> split =
                new ArrayList<>(query.by().stream().map(LedgerDimension::column).toList());
        split.addAll(List.of("currency", "state", "kind"));
        if (!query.byAttributes().isEmpty()) {
            split.add(ATTRIBUTES);
        }
        List<String> selected = new ArrayList<>(split);
        if (query.splitsByTime()) {
            split.add(QUARTER);
            selected.add(QUARTER + " AS quarter");
        }
        return "SELECT " + String.join(", ", selected) + ", COUNT(*) AS entries, SUM(amount) AS amount,"
                + " SUM(CASE WHEN kind = 'CALL' AND outcome = 'COMPLETED' THEN 1 ELSE 0 END) AS completed,"
                + " SUM(input_tokens) AS input_tokens, SUM(output_tokens) AS output_tokens FROM " + EntryRow.TABLE
                + " WHERE " + query.condition() + " GROUP BY " + String.join(", ", split);
    }

    void add(ResultSet row) throws SQLException {
        LedgerTotal total = total(row);
        List<@Nullable Object> group = Arrays.asList(total.key(), total.attributes(), total.start(), total.currency());
        totals.merge(group, total, LedgerTotal::plus);
    }

    private LedgerTotal total(ResultSet row) throws SQLException {
        Map<LedgerDimension, @Nullable String> key = new LinkedHashMap<>();
        for (LedgerDimension dimension : query.by()) {
            key.put(dimension, row.getString(dimension.column()));
        }
        long entries = row.getLong("entries");
        boolean calls = LedgerEntry.Kind.CALL.name().equals(row.getString("kind"));
        return new LedgerTotal(
                key,
                attributes(row),
                query.splitsByTime()
                        ? query.startOf(Instant.ofEpochSecond(row.getLong("quarter") * QUARTER_SECONDS))
                        : null,
                Objects.requireNonNull(row.getString("currency")),
                amount(row),
                calls ? entries : 0,
                row.getLong("completed"),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                Map.of(CostState.valueOf(Objects.requireNonNull(row.getString("state"))), entries));
    }

    private Map<String, @Nullable String> attributes(ResultSet row) throws SQLException {
        Map<String, @Nullable String> asked = new LinkedHashMap<>();
        if (!query.byAttributes().isEmpty()) {
            Map<String, String> all = EntryJson.texts(row.getString(ATTRIBUTES));
            query.byAttributes().forEach(name -> asked.put(name, all.get(name)));
        }
        return asked;
    }

    private static BigDecimal amount(ResultSet row) throws SQLException {
        @Nullable BigDecimal amount = row.getBigDecimal("amount");
        return amount == null ? BigDecimal.ZERO : PlainDecimals.of(amount);
    }

    List<LedgerTotal> sorted() {
        Comparator<LedgerTotal> byTime =
                Comparator.comparing(LedgerTotal::start, Comparator.nullsFirst(Comparator.naturalOrder()));
        return totals.values().stream()
                .sorted(byTime.thenComparing(LedgerTotal::amount, Comparator.reverseOrder()))
                .toList();
    }

    /** The first two parameters are the currency. */
    static String unitSql(LedgerQuery query) {
        return "SELECT SUM(CASE WHEN currency = ? THEN amount END) AS amount,"
                + " COUNT(DISTINCT CASE WHEN currency = ? AND amount IS NOT NULL THEN call_id END) AS priced,"
                + " COUNT(DISTINCT call_id) AS calls, COUNT(DISTINCT user_id) AS users,"
                + " SUM(CASE WHEN kind = 'CALL' AND outcome = 'COMPLETED' THEN 1 ELSE 0 END) AS completed,"
                + " SUM(input_tokens) AS input_tokens, SUM(output_tokens) AS output_tokens FROM " + EntryRow.TABLE
                + " WHERE " + query.condition();
    }

    static UnitEconomics units(ResultSet row, String currency) throws SQLException {
        long calls = row.getLong("calls");
        AccountTotals totals = new AccountTotals(
                Map.of(currency, amount(row)),
                calls,
                Map.of(CostState.UNPRICED, calls - row.getLong("priced")),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                row.getLong("completed"));
        return new UnitEconomics(currency, totals, row.getLong("users"));
    }
}
