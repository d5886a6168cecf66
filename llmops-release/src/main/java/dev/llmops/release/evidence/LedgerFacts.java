package dev.llmops.release.evidence;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.internal.SqlNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts what a gate needs of a marked call, and a cost ledger has no column for, into one attribute, so that a ledger that keeps
 * the attribute {@value #ATTRIBUTE} is a source of evidence by itself: arm, stage and unit, latencies, faults and risks.
 *
 * <p>Register it after enrichers that find risks, and read the ledger by {@link SqlEvidence#readLedger}. Calls without a mark
 * stay as they are. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LedgerFacts implements CallEnricher {

    /** The attribute to be kept by the ledger: {@value}. */
    public static final String ATTRIBUTE = "release.facts";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Makes the enricher; it has no settings. */
    public LedgerFacts() {}

    @Override
    public CallRecord enrich(CallRecord record) {
        Object change = record.attributes().get(Assignment.CHANGE);
        if (change == null) {
            return record;
        }
        CallFacts call = RecordFacts.of(record);
        Map<String, Object> facts = new TreeMap<>();
        facts.put("change", change);
        facts.put("stage", call.stage());
        facts.put("arm", call.arm().label());
        facts.put("unit", call.unit());
        facts.put("streaming", call.isStreaming());
        facts.put("duration_ms", call.durationMillis());
        facts.put("fault", call.isFault());
        facts.put("refusal", call.isRefusal());
        facts.put("fallback", call.isFallback());
        facts.put("cache_hit", call.isFromAnswerCache());
        facts.put("tokens_cached", call.tokensCached());
        if (call.pair() != null) {
            facts.put("pair", call.pair());
        }
        if (!Double.isNaN(call.firstTokenMillis())) {
            facts.put("first_token_ms", call.firstTokenMillis());
        }
        if (!call.risks().isEmpty()) {
            facts.put("risks", call.risks());
        }
        Map<String, Object> attributes = new TreeMap<>(record.attributes());
        attributes.put(ATTRIBUTE, MAPPER.writeValueAsString(facts));
        return record.toBuilder().attributes(attributes).build();
    }

    /** The query of the ledger's calls, each with the sum of its entries; its parameter is a pattern of the facts. */
    static String calls(String table) {
        return """
            SELECT c.call_id, c.started_at, c.feature, c.operation, c.outcome, c.input_tokens, c.output_tokens, c.attributes,
              (SELECT sum(e.amount) FROM $table e WHERE e.call_id = c.call_id) AS cost
            FROM $table c
            WHERE c.kind = 'CALL' AND c.attributes LIKE ?
            """.replace("$table", SqlNames.plain("table", table));
    }

    /** Reads a row of the query; null where it is of another release. */
    static @Nullable CallFacts of(ResultSet row, String changeId) throws SQLException {
        JsonNode facts = MAPPER.readTree(
                MAPPER.readTree(row.getString("attributes")).path(ATTRIBUTE).asString("{}"));
        if (!facts.path("change").asString("").equals(changeId)) {
            return null;
        }
        String feature = row.getString("feature");
        JsonNode pair = facts.path("pair");
        return new CallFacts(
                row.getString("call_id"),
                row.getTimestamp("started_at").getTime(),
                facts.path("stage").asString(""),
                Arm.ofLabel(facts.path("arm").asString("")),
                facts.path("unit").asString(""),
                pair.isMissingNode() ? null : pair.asString(""),
                false,
                facts.path("streaming").asBoolean(false),
                facts.path("duration_ms").asDouble(Double.NaN),
                facts.path("first_token_ms").asDouble(Double.NaN),
                Outcome.valueOf(row.getString("outcome")).status(),
                facts.path("fault").asBoolean(true),
                facts.path("refusal").asBoolean(false),
                facts.path("fallback").asBoolean(false),
                facts.path("cache_hit").asBoolean(false),
                SqlEvidence.number(row, "cost"),
                row.getLong("input_tokens"),
                facts.path("tokens_cached").asLong(0),
                row.getLong("output_tokens"),
                feature == null ? "" : feature,
                row.getString("operation"),
                risks(facts));
    }

    private static Set<String> risks(JsonNode facts) {
        Set<String> risks = new HashSet<>();
        facts.path("risks").values().forEach(type -> risks.add(type.asString("")));
        return risks;
    }
}
