package dev.llmops.release.evidence;

import dev.llmops.core.record.Decimals;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.policy.GatePolicy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads evidence from rows, by two queries of the user's own, over a ledger, a table of log entries, or a view.
 *
 * <p>The query of calls gives one row for each marked call of the release, with the columns {@code call_id},
 * {@code started_at} (timestamp with time zone), {@code stage}, {@code arm}, {@code unit}, {@code pair}, {@code streaming},
 * {@code duration_ms}, {@code first_token_ms}, {@code status}, {@code is_fault}, {@code refusal}, {@code fallback},
 * {@code cache_hit}, {@code cost}, {@code tokens_in}, {@code tokens_cached}, {@code tokens_out}, {@code feature},
 * {@code operation}, {@code risks} (separated by commas) and {@code sample_rate}. The query of events gives {@code call_id}, {@code said_at},
 * {@code kind} ({@code feedback}, {@code evaluation}, {@code refusal} or {@code risk}), {@code name} (of the evaluation or
 * risk), {@code score} (feedback: 0 is down) and {@code evaluator} (with its version). Null is unknown. Rows with a number that no
 * call has are left out and counted, as lines of a log are.
 *
 * @since 0.1.0
 */
public final class SqlEvidence {

    private SqlEvidence() {}

    /**
     * Runs both queries.
     *
     * @param changeId the release; the only parameter of both queries
     * @param policy the release's policy
     * @param profile the thresholds that were fixed before it
     * @param now the instant at which calls are old enough to count or not
     * @param connection an open connection, which stays open
     * @param calls the query of calls, with one {@code ?} for the release
     * @param events the query of events, with one {@code ?} for the release
     * @return the evidence
     * @throws SQLException if a query fails or a column is missing
     * @throws IllegalArgumentException if the calls are sampled
     */
    public static GateEvidence read(
            String changeId,
            GatePolicy policy,
            GateProfile profile,
            Instant now,
            Connection connection,
            String calls,
            String events)
            throws SQLException {
        try (CallTable table = new CallTable()) {
            CallTable.Adder adder = table.adder();
            long unreadable = each(connection, calls, changeId, row -> adder.add(call(row)))
                    + each(connection, events, changeId, row -> event(adder, row));
            return LogCall.withUnreadable(unreadable, table.evidence(changeId, policy, profile, now));
        }
    }

    /**
     * Reads a table that holds lines of the call log, in their nested form, in a column of PostgreSQL's type {@code jsonb}.
     *
     * @param changeId the release
     * @param policy the release's policy
     * @param profile the thresholds that were fixed before it
     * @param now the instant at which calls are old enough to count or not
     * @param connection an open connection, which stays open
     * @param table the table's name
     * @param column the column's name
     * @return the evidence
     * @throws SQLException if a query fails
     * @throws IllegalArgumentException if a name is no plain identifier, or the log is sampled
     */
    public static GateEvidence readLog(
            String changeId,
            GatePolicy policy,
            GateProfile profile,
            Instant now,
            Connection connection,
            String table,
            String column)
            throws SQLException {
        LogQueries queries = new LogQueries(table, column);
        return read(changeId, policy, profile, now, connection, queries.calls(), queries.events());
    }

    /**
     * Reads the table of a cost ledger that keeps the attribute {@value LedgerFacts#ATTRIBUTE}. What people and judges said
     * later is not in a ledger; pass a query of events for it, or leave such metrics undecided.
     *
     * @param changeId the release
     * @param policy the release's policy
     * @param profile the thresholds that were fixed before it
     * @param now the instant at which calls are old enough to count or not
     * @param connection an open connection, which stays open
     * @param ledger the ledger's table, {@code llm_ledger} unless a view stands before it
     * @param events the query of events, with one {@code ?} for the release; null for none
     * @return the evidence
     * @throws SQLException if a query fails
     * @throws IllegalArgumentException if the name is no plain identifier
     */
    public static GateEvidence readLedger(
            String changeId,
            GatePolicy policy,
            GateProfile profile,
            Instant now,
            Connection connection,
            String ledger,
            @Nullable String events)
            throws SQLException {
        try (CallTable table = new CallTable()) {
            CallTable.Adder adder = table.adder();
            String marked = "%" + LedgerFacts.ATTRIBUTE + "%";
            long unreadable = each(connection, LedgerFacts.calls(ledger), marked, row -> {
                CallFacts call = LedgerFacts.of(row, changeId);
                if (call != null) {
                    adder.add(call);
                }
            });
            if (events != null) {
                unreadable += each(connection, events, changeId, row -> event(adder, row));
            }
            return LogCall.withUnreadable(unreadable, table.evidence(changeId, policy, profile, now));
        }
    }

    private interface RowReader {

        void read(ResultSet row) throws SQLException;
    }

    /** Reads all rows, and returns the number of those that hold a number which is none, or none that a call has. */
    private static long each(Connection connection, String query, String parameter, RowReader reader)
            throws SQLException {
        long unreadable = 0;
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    try {
                        reader.read(rows);
                    } catch (NumberFormatException e) {
                        unreadable++;
                    }
                }
            }
        }
        return unreadable;
    }

    private static CallFacts call(ResultSet row) throws SQLException {
        double sampleRate = number(row, "sample_rate");
        LogCall.requireUnsampled(row.wasNull() ? 1 : Decimals.sampleRate(sampleRate));
        return new CallFacts(
                row.getString("call_id"),
                row.getTimestamp("started_at").getTime(),
                row.getString("stage"),
                Arm.ofLabel(row.getString("arm")),
                row.getString("unit"),
                row.getString("pair"),
                false,
                row.getBoolean("streaming"),
                millis(row, "duration_ms"),
                millis(row, "first_token_ms"),
                row.getString("status"),
                row.getBoolean("is_fault"),
                row.getBoolean("refusal"),
                row.getBoolean("fallback"),
                row.getBoolean("cache_hit"),
                cost(row),
                tokens(row, "tokens_in"),
                tokens(row, "tokens_cached"),
                tokens(row, "tokens_out"),
                text(row, "feature"),
                text(row, "operation"),
                risks(text(row, "risks")));
    }

    private static double millis(ResultSet row, String column) throws SQLException {
        double millis = number(row, column);
        return Double.isNaN(millis) ? millis : Decimals.quantity(millis);
    }

    private static long tokens(ResultSet row, String column) throws SQLException {
        return (long) Decimals.quantity((double) row.getLong(column));
    }

    private static double cost(ResultSet row) throws SQLException {
        double cost = number(row, "cost");
        if (Double.isInfinite(cost)) {
            throw new NumberFormatException("cost is not finite");
        }
        return cost;
    }

    static double number(ResultSet row, String column) throws SQLException {
        double number = row.getDouble(column);
        return row.wasNull() ? Double.NaN : number;
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static Set<String> risks(String joined) {
        return joined.isEmpty() ? Set.of() : new HashSet<>(Arrays.asList(joined.split(",", -1)));
    }

    private static double score(ResultSet row) throws SQLException {
        double score = number(row, "score");
        if (!Double.isFinite(score)) {
            throw new NumberFormatException("score is not finite");
        }
        return score;
    }

    private static void event(CallTable.Adder adder, ResultSet row) throws SQLException {
        long atMillis = row.getTimestamp("said_at").getTime();
        String callId = row.getString("call_id");
        String kind = row.getString("kind");
        double score = kind.equals("feedback") || kind.equals("evaluation") ? score(row) : Double.NaN;
        CallTable.Judgements verdicts = adder.verdicts(callId);
        switch (kind) {
            case "feedback" -> verdicts.feedback(score == 0, atMillis);
            case "evaluation" ->
                verdicts.evaluation(row.getString("name"), score, row.getString("evaluator"), atMillis);
            case "refusal" -> verdicts.refusal(atMillis);
            case "risk" -> verdicts.risk(row.getString("name"));
            default ->
                throw new SQLException("kind is unknown ("
                        + kind
                        + ") — feedback, evaluation, refusal and risk are read — correct the query of events");
        }
    }
}
