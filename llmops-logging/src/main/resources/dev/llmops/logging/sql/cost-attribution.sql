-- Who spent what, and what of it bought no answer. Currencies are never added up; unpriced calls are counted apart.
SELECT
  tenant,
  feature,
  model,
  currency,
  COUNT(*) AS calls,
  SUM(CASE WHEN amount IS NULL THEN 1 ELSE 0 END) AS unpriced,
  SUM(tokens_in) AS tokens_in,
  SUM(tokens_out) AS tokens_out,
  SUM(amount) AS amount,
  SUM(CASE WHEN status = 'success' THEN 0 ELSE amount END) AS wasted,
  SUM(CASE WHEN purpose IS NOT NULL THEN amount ELSE 0 END) AS not_of_the_product
FROM llm_calls
GROUP BY tenant, feature, model, currency
ORDER BY amount DESC, tenant, feature, model
