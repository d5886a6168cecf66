package dev.llmops.release.evidence;

import dev.llmops.release.arm.Assignment;
import dev.llmops.release.internal.SqlNames;
import java.util.stream.Collectors;

/** Queries of {@link SqlEvidence} over lines of the call log in a {@code jsonb} column of PostgreSQL. */
final class LogQueries {

    private final String table;
    private final String column;

    LogQueries(String table, String column) {
        this.table = SqlNames.plain("table", table);
        this.column = SqlNames.plain("column", column);
    }

    String calls() {
        String harmless = LogCall.HARMLESS_ERRORS.stream()
                .sorted()
                .map(kind -> "'" + kind + "'")
                .collect(Collectors.joining(", "));
        return """
            SELECT e->>'call_id' AS call_id,
              (e->>'timestamp')::timestamptz
                - make_interval(secs => floor((e->'latency_ms'->>'total')::float8) / 1000) AS started_at,
              e->'attributes'->>'$stage' AS stage, e->'attributes'->>'$arm' AS arm,
              e->'attributes'->>'$unit' AS unit, e->'attributes'->>'$pair' AS pair,
              coalesce((e->>'streaming')::boolean, false) AS streaming,
              coalesce((e->'latency_ms'->>'total')::float8, 0) AS duration_ms,
              (e->'latency_ms'->>'first_token')::float8 AS first_token_ms,
              e->>'status' AS status,
              coalesce(e->'error'->>'kind', '') NOT IN ($harmless) AS is_fault,
              coalesce((e->>'refusal')::boolean, false) AS refusal,
              coalesce((e->'attributes'->>'$fallback')::boolean, false) AS fallback,
              coalesce((e->>'cache_hit')::boolean, false) AS cache_hit,
              (e->'cost'->>'amount')::float8 AS cost,
              coalesce((e->>'tokens_in')::bigint, 0) AS tokens_in,
              coalesce((e->'tokens'->>'cached_input')::bigint, 0) AS tokens_cached,
              coalesce((e->>'tokens_out')::bigint, 0) AS tokens_out,
              e->>'feature' AS feature, e->>'operation' AS operation,
              (SELECT string_agg(r->>'type', ',') FROM jsonb_array_elements(e->'risk') r) AS risks,
              CASE WHEN jsonb_typeof(e->'sample_rate') = 'number' THEN (e->>'sample_rate')::float8
                WHEN e->>'sample_rate' IS NOT NULL THEN 0 END AS sample_rate
            FROM (SELECT $column AS e FROM $table) lines
            WHERE e->>'schema' = 'llmops.call/1' AND e->'attributes'->>'$change' = ?
            """.replace("$stage", Assignment.STAGE)
                .replace("$arm", Assignment.ARM)
                .replace("$unit", Assignment.UNIT)
                .replace("$pair", Assignment.PAIR)
                .replace("$fallback", Assignment.FALLBACK)
                .replace("$change", Assignment.CHANGE)
                .replace("$harmless", harmless)
                .replace("$column", column)
                .replace("$table", table);
    }

    String events() {
        return """
            SELECT e->>'call_id' AS call_id, (e->>'timestamp')::timestamptz AS said_at,
              split_part(substr(e->>'schema', 8), '/', 1) AS kind,
              coalesce(e->>'evaluation', r->>'type') AS name,
              CASE e->>'verdict' WHEN 'down' THEN 0 WHEN 'up' THEN 1 ELSE (e->>'score')::float8 END AS score,
              e->>'evaluator' AS evaluator
            FROM (SELECT $column AS e FROM $table) lines LEFT JOIN LATERAL jsonb_array_elements(e->'risk') r ON true
            WHERE e->>'schema' IN ('llmops.feedback/1', 'llmops.evaluation/1', 'llmops.refusal/1', 'llmops.risk/1')
              AND e->>'call_id' IN (SELECT c->>'call_id' FROM (SELECT $column AS c FROM $table) calls
                WHERE c->>'schema' = 'llmops.call/1' AND c->'attributes'->>'$change' = ?)
            """.replace("$change", Assignment.CHANGE)
                .replace("$column", column)
                .replace("$table", table);
    }
}
