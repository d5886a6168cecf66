-- The call log on DuckDB: lines as they are, and views of calls and later events.
-- Load with: INSERT INTO llm_log SELECT json FROM read_json_objects('logs/calls.jsonl*')
CREATE TABLE IF NOT EXISTS llm_log (
  entry JSON NOT NULL
);

CREATE OR REPLACE VIEW llm_calls AS
SELECT
  entry->>'$.call_id' AS call_id,
  CAST(entry->>'$.timestamp' AS TIMESTAMP WITH TIME ZONE) AS ended_at,
  entry->>'$.trace_id' AS trace_id,
  entry->>'$.request_id' AS request_id,
  entry->>'$.conversation_id' AS conversation_id,
  entry->>'$.tenant' AS tenant,
  entry->>'$.user_id' AS user_id,
  entry->>'$.feature' AS feature,
  entry->>'$.purpose' AS purpose,
  entry->>'$.operation' AS operation,
  entry->>'$.provider' AS provider,
  entry->>'$.model_id' AS model,
  entry->>'$.response_model' AS response_model,
  entry->>'$.version_set.id' AS version_set,
  entry->>'$.version_set.prompt' AS prompt_version,
  entry->>'$.status' AS status,
  entry->>'$.error.kind' AS error_kind,
  CAST(entry->>'$.streaming' AS BOOLEAN) AS streaming,
  CAST(entry->>'$.refusal' AS BOOLEAN) AS refusal,
  CAST(entry->>'$.tokens_in' AS BIGINT) AS tokens_in,
  CAST(entry->>'$.tokens_out' AS BIGINT) AS tokens_out,
  CAST(entry->>'$.tokens.cached_input' AS BIGINT) AS tokens_cached,
  CAST(entry->>'$.latency_ms.total' AS DOUBLE) AS duration_ms,
  CAST(entry->>'$.latency_ms.first_token' AS DOUBLE) AS first_token_ms,
  CAST(entry->>'$.cost.amount' AS DECIMAL(38, 18)) AS amount,
  entry->>'$.cost.currency' AS currency,
  entry->>'$.cost.state' AS cost_state,
  entry->>'$.risk[0].type' AS risk,
  CAST(entry->>'$.sample_rate' AS DOUBLE) AS sample_rate
FROM llm_log
WHERE entry->>'$.schema' = 'llmops.call/1'
QUALIFY row_number() OVER (PARTITION BY entry->>'$.call_id') = 1;

CREATE OR REPLACE VIEW llm_events AS
SELECT
  entry->>'$.call_id' AS call_id,
  CAST(entry->>'$.timestamp' AS TIMESTAMP WITH TIME ZONE) AS said_at,
  entry->>'$.schema' AS kind,
  COALESCE(entry->>'$.evaluation', entry->>'$.risk[0].type', entry->>'$.reason') AS name,
  entry->>'$.verdict' AS verdict,
  CAST(entry->>'$.score' AS DOUBLE) AS score,
  entry->>'$.evaluator' AS evaluator
FROM llm_log
WHERE entry->>'$.schema' <> 'llmops.call/1';
