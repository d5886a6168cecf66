package dev.llmops.release.evidence;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What calls look like in tables and as counters. */
final class OtherSources {

    static final String CALLS = "SELECT * FROM calls WHERE change_id = ?";
    static final String EVENTS = "SELECT * FROM events WHERE change_id = ?";

    private OtherSources() {}

    /** The answer of Prometheus to a query of the samples. */
    static String queryAnswer(List<PrometheusEvidence.Sample> samples) {
        List<String> results = new ArrayList<>();
        for (PrometheusEvidence.Sample sample : samples) {
            List<String> labels = new ArrayList<>(List.of("\"__name__\":\"" + sample.name() + "\""));
            sample.labels().forEach((name, value) -> labels.add("\"" + name + "\":\"" + value + "\""));
            results.add("{\"metric\":{" + String.join(",", labels) + "},\"value\":[1,\"" + sample.value() + "\"]}");
        }
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + String.join(",", results)
                + "]}}";
    }

    /** Makes the tables of calls and events. */
    static void fill(Connection database, List<CallRecord> records, List<LlmEvent> events) throws SQLException {
        database.createStatement()
                .execute("CREATE TABLE calls (change_id VARCHAR, call_id VARCHAR, started_at TIMESTAMP WITH TIME ZONE,"
                        + " stage VARCHAR, arm VARCHAR, unit VARCHAR, pair VARCHAR, streaming BOOLEAN, duration_ms"
                        + " DOUBLE PRECISION, first_token_ms DOUBLE PRECISION, status VARCHAR, is_fault BOOLEAN,"
                        + " refusal BOOLEAN, fallback BOOLEAN, cache_hit BOOLEAN, cost DOUBLE PRECISION, tokens_in"
                        + " BIGINT, tokens_cached BIGINT, tokens_out BIGINT, feature VARCHAR, operation VARCHAR,"
                        + " risks VARCHAR, sample_rate DOUBLE PRECISION)");
        database.createStatement()
                .execute("CREATE TABLE events (change_id VARCHAR, call_id VARCHAR, said_at TIMESTAMP WITH"
                        + " TIME ZONE, kind VARCHAR, name VARCHAR, score DOUBLE PRECISION, evaluator VARCHAR)");
        for (CallRecord record : records) {
            CallFacts call = RecordFacts.of(record);
            insert(
                    database,
                    "calls",
                    "r1",
                    call.callId(),
                    new Timestamp(call.startedAtMillis()),
                    call.stage(),
                    call.arm().label(),
                    call.unit(),
                    call.pair(),
                    call.isStreaming(),
                    call.durationMillis(),
                    Double.isNaN(call.firstTokenMillis()) ? null : call.firstTokenMillis(),
                    call.status(),
                    call.isFault(),
                    call.isRefusal(),
                    call.isFallback(),
                    call.isFromAnswerCache(),
                    call.cost(),
                    call.tokensIn(),
                    call.tokensCached(),
                    call.tokensOut(),
                    call.feature(),
                    call.operation(),
                    String.join(",", call.risks()),
                    1);
        }
        for (LlmEvent event : events) {
            Object[] said = event instanceof LlmEvent.Evaluation judged
                    ? new Object[] {"evaluation", judged.evaluation(), judged.score(), judged.evaluator()}
                    : new Object[] {"feedback", null, isUp(event) ? 1 : 0, null};
            insert(
                    database,
                    "events",
                    "r1",
                    event.call().callId().toString(),
                    Timestamp.from(event.at()),
                    said[0],
                    said[1],
                    said[2],
                    said[3]);
        }
    }

    private static boolean isUp(LlmEvent event) {
        return ((LlmEvent.Feedback) event).verdict() == LlmEvent.Verdict.UP;
    }

    private static void insert(Connection database, String table, Object... values) throws SQLException {
        String marks = String.join(",", Collections.nCopies(values.length, "?"));
        try (PreparedStatement statement =
                database.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
