-- How the version sets compare, by currency: failures, latency, cost and what people said last. P95 is the nearest rank.
WITH verdicts AS (
  SELECT call_id, verdict, ROW_NUMBER() OVER (PARTITION BY call_id ORDER BY said_at DESC, verdict) AS newest
  FROM llm_events
  WHERE kind = 'llmops.feedback/1'
),
ranked AS (
  SELECT c.*, v.verdict,
    ROW_NUMBER() OVER (PARTITION BY c.version_set, c.currency ORDER BY c.duration_ms, c.call_id) AS place,
    COUNT(*) OVER (PARTITION BY c.version_set, c.currency) AS n
  FROM llm_calls c
  LEFT JOIN verdicts v ON v.call_id = c.call_id AND v.newest = 1
  WHERE c.purpose IS NULL
)
SELECT
  version_set,
  currency,
  COUNT(*) AS calls,
  SUM(CASE WHEN status IN ('error', 'timeout', 'abandoned') THEN 1 ELSE 0 END) AS failed,
  SUM(CASE WHEN refusal THEN 1 ELSE 0 END) AS refusals,
  SUM(CASE WHEN verdict = 'up' THEN 1 ELSE 0 END) AS thumbs_up,
  SUM(CASE WHEN verdict = 'down' THEN 1 ELSE 0 END) AS thumbs_down,
  MAX(CASE WHEN 100 * place >= 95 * n AND 100 * (place - 1) < 95 * n THEN duration_ms END) AS p95_ms,
  SUM(amount) AS amount
FROM ranked
GROUP BY version_set, currency
ORDER BY version_set, currency
