-- What leads from a row to the request and its trace; null where the call did not say, and in rows of earlier versions.
ALTER TABLE llm_ledger ADD COLUMN IF NOT EXISTS request_id VARCHAR;
ALTER TABLE llm_ledger ADD COLUMN IF NOT EXISTS trace_id VARCHAR;
