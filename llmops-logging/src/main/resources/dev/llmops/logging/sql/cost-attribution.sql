-- Who spent what, and what of it bought no answer. Currencies are never added up; unpriced calls are counted apart.
-- Columns are qualified, because ClickHouse takes a bare name for the sum of that name.
SELECT
  c.tenant,
  c.feature,
  c.model,
  c.currency,
  COUNT(*) AS calls,
  SUM(CASE WHEN c.amount IS NULL THEN 1 ELSE 0 END) AS unpriced,
  SUM(c.tokens_in) AS tokens_in,
  SUM(c.tokens_out) AS tokens_out,
  SUM(c.amount) AS amount,
  SUM(CASE WHEN c.status = 'success' THEN 0 ELSE c.amount END) AS wasted,
  SUM(CASE WHEN c.purpose IS NOT NULL THEN c.amount ELSE 0 END) AS not_of_the_product
FROM llm_calls c
GROUP BY c.tenant, c.feature, c.model, c.currency
ORDER BY amount DESC, tenant, feature, model
