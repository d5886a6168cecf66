-- The call log on ClickHouse 23.3 or newer: lines as they are, and views of calls and later events.
-- Load lines with: INSERT INTO llm_log (entry) FORMAT JSONAsString, or from Kafka with the engine Kafka and the same format.
-- Merges drop copies of a line; the view of calls has each call once even before them.
CREATE TABLE IF NOT EXISTS llm_log (
  entry String CODEC(ZSTD(3)),
  kind LowCardinality(String) MATERIALIZED JSONExtractString(entry, 'schema'),
  at DateTime64(3, 'UTC') MATERIALIZED parseDateTime64BestEffort(JSONExtractString(entry, 'timestamp'), 3, 'UTC'),
  call_id String MATERIALIZED JSONExtractString(entry, 'call_id')
)
ENGINE = ReplacingMergeTree
PARTITION BY toDate(at)
ORDER BY (kind, call_id, at, cityHash64(entry));

CREATE VIEW IF NOT EXISTS llm_calls AS
SELECT
  call_id,
  at AS ended_at,
  nullIf(JSONExtractString(entry, 'trace_id'), '') AS trace_id,
  nullIf(JSONExtractString(entry, 'request_id'), '') AS request_id,
  nullIf(JSONExtractString(entry, 'conversation_id'), '') AS conversation_id,
  nullIf(JSONExtractString(entry, 'tenant'), '') AS tenant,
  nullIf(JSONExtractString(entry, 'user_id'), '') AS user_id,
  nullIf(JSONExtractString(entry, 'feature'), '') AS feature,
  nullIf(JSONExtractString(entry, 'purpose'), '') AS purpose,
  JSONExtractString(entry, 'operation') AS operation,
  JSONExtractString(entry, 'provider') AS provider,
  JSONExtractString(entry, 'model_id') AS model,
  nullIf(JSONExtractString(entry, 'response_model'), '') AS response_model,
  JSONExtractString(entry, 'version_set', 'id') AS version_set,
  nullIf(JSONExtractString(entry, 'version_set', 'prompt'), '') AS prompt_version,
  JSONExtractString(entry, 'status') AS status,
  nullIf(JSONExtractString(entry, 'error', 'kind'), '') AS error_kind,
  JSONExtractBool(entry, 'streaming') AS streaming,
  JSONExtractBool(entry, 'refusal') AS refusal,
  JSONExtract(entry, 'tokens_in', 'Nullable(Int64)') AS tokens_in,
  JSONExtract(entry, 'tokens_out', 'Nullable(Int64)') AS tokens_out,
  JSONExtract(entry, 'tokens', 'cached_input', 'Nullable(Int64)') AS tokens_cached,
  JSONExtractFloat(entry, 'latency_ms', 'total') AS duration_ms,
  JSONExtract(entry, 'latency_ms', 'first_token', 'Nullable(Float64)') AS first_token_ms,
  toDecimal128OrNull(JSONExtractString(entry, 'cost', 'amount'), 18) AS amount,
  nullIf(JSONExtractString(entry, 'cost', 'currency'), '') AS currency,
  nullIf(JSONExtractString(entry, 'cost', 'state'), '') AS cost_state,
  nullIf(JSONExtractString(entry, 'risk', 1, 'type'), '') AS risk,
  JSONExtractFloat(entry, 'sample_rate') AS sample_rate
FROM llm_log
WHERE kind = 'llmops.call/1'
LIMIT 1 BY call_id;

CREATE VIEW IF NOT EXISTS llm_events AS
SELECT
  call_id,
  at AS said_at,
  kind,
  coalesce(
    nullIf(JSONExtractString(entry, 'evaluation'), ''),
    nullIf(JSONExtractString(entry, 'risk', 1, 'type'), ''),
    nullIf(JSONExtractString(entry, 'reason'), '')) AS name,
  nullIf(JSONExtractString(entry, 'verdict'), '') AS verdict,
  JSONExtract(entry, 'score', 'Nullable(Float64)') AS score,
  nullIf(JSONExtractString(entry, 'evaluator'), '') AS evaluator
FROM llm_log
WHERE kind <> 'llmops.call/1';
