-- What goes wrong, by signature, with one call to look at. A call is bad once, for the first reason that holds; a thumb down stays one.
WITH said AS (
  SELECT
    call_id,
    MAX(CASE WHEN kind = 'llmops.risk/1' THEN name END) AS risk,
    MAX(CASE WHEN kind = 'llmops.refusal/1' THEN 1 ELSE 0 END) AS refused,
    MAX(CASE WHEN verdict = 'down' THEN 1 ELSE 0 END) AS down,
    MIN(CASE WHEN kind = 'llmops.evaluation/1' THEN score END) AS lowest_score
  FROM llm_events
  GROUP BY call_id
),
judged AS (
  SELECT
    c.call_id,
    c.feature,
    c.version_set,
    CASE
      WHEN COALESCE(c.risk, s.risk) IS NOT NULL THEN 'risk'
      WHEN c.status IN ('error', 'timeout', 'abandoned') THEN c.status
      WHEN c.refusal OR s.refused = 1 THEN 'refusal'
      WHEN s.down = 1 THEN 'thumbs down'
      WHEN s.lowest_score < 0.5 THEN 'low score'
    END AS reason,
    COALESCE(c.risk, s.risk, c.error_kind, '') AS detail
  FROM llm_calls c
  LEFT JOIN said s ON s.call_id = c.call_id
  WHERE c.purpose IS NULL
)
SELECT reason, detail, feature, version_set, COUNT(*) AS calls, MAX(call_id) AS newest_call
FROM judged
WHERE reason IS NOT NULL
GROUP BY reason, detail, feature, version_set
ORDER BY calls DESC, newest_call
