-- What else a price may depend on, as JSON; null in most rows.
ALTER TABLE llm_ledger ADD COLUMN IF NOT EXISTS attributes VARCHAR;
