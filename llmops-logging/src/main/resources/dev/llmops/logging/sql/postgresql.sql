-- The call log on PostgreSQL 12 or newer: lines as they are, and views of calls and later events.
-- Load with: INSERT INTO llm_log (entry) VALUES (?::jsonb) ON CONFLICT DO NOTHING, which takes each call once.
CREATE TABLE IF NOT EXISTS llm_log (
  entry JSONB NOT NULL
);

CREATE UNIQUE INDEX IF NOT EXISTS llm_log_call ON llm_log ((entry->>'call_id'))
  WHERE entry->>'schema' = 'llmops.call/1';

CREATE INDEX IF NOT EXISTS llm_log_event ON llm_log ((entry->>'call_id'))
  WHERE entry->>'schema' <> 'llmops.call/1';

-- ISO 8601 texts in UTC sort by time.
CREATE INDEX IF NOT EXISTS llm_log_time ON llm_log ((entry->>'timestamp'));

CREATE OR REPLACE VIEW llm_calls AS
SELECT
  entry->>'call_id' AS call_id,
  CAST(entry->>'timestamp' AS TIMESTAMP WITH TIME ZONE) AS ended_at,
  entry->>'trace_id' AS trace_id,
  entry->>'request_id' AS request_id,
  entry->>'conversation_id' AS conversation_id,
  entry->>'tenant' AS tenant,
  entry->>'user_id' AS user_id,
  entry->>'feature' AS feature,
  entry->>'purpose' AS purpose,
  entry->>'operation' AS operation,
  entry->>'provider' AS provider,
  entry->>'model_id' AS model,
  entry->>'response_model' AS response_model,
  entry->'version_set'->>'id' AS version_set,
  entry->'version_set'->>'prompt' AS prompt_version,
  entry->>'status' AS status,
  entry->'error'->>'kind' AS error_kind,
  CAST(entry->>'streaming' AS BOOLEAN) AS streaming,
  CAST(entry->>'refusal' AS BOOLEAN) AS refusal,
  CAST(entry->>'tokens_in' AS BIGINT) AS tokens_in,
  CAST(entry->>'tokens_out' AS BIGINT) AS tokens_out,
  CAST(entry->'tokens'->>'cached_input' AS BIGINT) AS tokens_cached,
  CAST(entry->'latency_ms'->>'total' AS DOUBLE PRECISION) AS duration_ms,
  CAST(entry->'latency_ms'->>'first_token' AS DOUBLE PRECISION) AS first_token_ms,
  CAST(entry->'cost'->>'amount' AS NUMERIC(38, 18)) AS amount,
  entry->'cost'->>'currency' AS currency,
  entry->'cost'->>'state' AS cost_state,
  entry->'risk'->0->>'type' AS risk,
  CAST(entry->>'sample_rate' AS DOUBLE PRECISION) AS sample_rate
FROM llm_log
WHERE entry->>'schema' = 'llmops.call/1';

CREATE OR REPLACE VIEW llm_events AS
SELECT
  entry->>'call_id' AS call_id,
  CAST(entry->>'timestamp' AS TIMESTAMP WITH TIME ZONE) AS said_at,
  entry->>'schema' AS kind,
  COALESCE(entry->>'evaluation', entry->'risk'->0->>'type', entry->>'reason') AS name,
  entry->>'verdict' AS verdict,
  CAST(entry->>'score' AS DOUBLE PRECISION) AS score,
  entry->>'evaluator' AS evaluator
FROM llm_log
WHERE entry->>'schema' <> 'llmops.call/1';
