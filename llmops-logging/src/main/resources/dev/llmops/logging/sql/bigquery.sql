-- The call log on BigQuery: lines as they are, and views of calls and later events. Analyzed, not run, by the project's tests.
-- Load lines into a staging table of one JSON column and insert entry with its time, or stream both.
CREATE TABLE IF NOT EXISTS llm_log (
  entry JSON NOT NULL,
  logged_at TIMESTAMP NOT NULL
)
PARTITION BY DATE(logged_at);

CREATE OR REPLACE VIEW llm_calls AS
SELECT
  JSON_VALUE(entry, '$.call_id') AS call_id,
  logged_at AS ended_at,
  JSON_VALUE(entry, '$.trace_id') AS trace_id,
  JSON_VALUE(entry, '$.request_id') AS request_id,
  JSON_VALUE(entry, '$.conversation_id') AS conversation_id,
  JSON_VALUE(entry, '$.tenant') AS tenant,
  JSON_VALUE(entry, '$.user_id') AS user_id,
  JSON_VALUE(entry, '$.feature') AS feature,
  JSON_VALUE(entry, '$.purpose') AS purpose,
  JSON_VALUE(entry, '$.operation') AS operation,
  JSON_VALUE(entry, '$.provider') AS provider,
  JSON_VALUE(entry, '$.model_id') AS model,
  JSON_VALUE(entry, '$.response_model') AS response_model,
  JSON_VALUE(entry, '$.version_set.id') AS version_set,
  JSON_VALUE(entry, '$.version_set.prompt') AS prompt_version,
  JSON_VALUE(entry, '$.status') AS status,
  JSON_VALUE(entry, '$.error.kind') AS error_kind,
  CAST(JSON_VALUE(entry, '$.streaming') AS BOOL) AS streaming,
  CAST(JSON_VALUE(entry, '$.refusal') AS BOOL) AS refusal,
  CAST(JSON_VALUE(entry, '$.tokens_in') AS INT64) AS tokens_in,
  CAST(JSON_VALUE(entry, '$.tokens_out') AS INT64) AS tokens_out,
  CAST(JSON_VALUE(entry, '$.tokens.cached_input') AS INT64) AS tokens_cached,
  CAST(JSON_VALUE(entry, '$.latency_ms.total') AS FLOAT64) AS duration_ms,
  CAST(JSON_VALUE(entry, '$.latency_ms.first_token') AS FLOAT64) AS first_token_ms,
  CAST(JSON_VALUE(entry, '$.cost.amount') AS BIGNUMERIC) AS amount,
  JSON_VALUE(entry, '$.cost.currency') AS currency,
  JSON_VALUE(entry, '$.cost.state') AS cost_state,
  JSON_VALUE(entry, '$.risk[0].type') AS risk,
  CAST(JSON_VALUE(entry, '$.sample_rate') AS FLOAT64) AS sample_rate
FROM llm_log
WHERE JSON_VALUE(entry, '$.schema') = 'llmops.call/1'
QUALIFY ROW_NUMBER() OVER (PARTITION BY JSON_VALUE(entry, '$.call_id') ORDER BY logged_at) = 1;

CREATE OR REPLACE VIEW llm_events AS
SELECT
  JSON_VALUE(entry, '$.call_id') AS call_id,
  logged_at AS said_at,
  JSON_VALUE(entry, '$.schema') AS kind,
  COALESCE(
    JSON_VALUE(entry, '$.evaluation'), JSON_VALUE(entry, '$.risk[0].type'), JSON_VALUE(entry, '$.reason')) AS name,
  JSON_VALUE(entry, '$.verdict') AS verdict,
  CAST(JSON_VALUE(entry, '$.score') AS FLOAT64) AS score,
  JSON_VALUE(entry, '$.evaluator') AS evaluator
FROM llm_log
WHERE JSON_VALUE(entry, '$.schema') <> 'llmops.call/1';
