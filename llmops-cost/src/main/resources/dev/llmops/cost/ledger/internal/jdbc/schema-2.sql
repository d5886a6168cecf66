-- Reports ask by period; corrections look up their call.
CREATE INDEX IF NOT EXISTS llm_ledger_started_at ON llm_ledger (started_at);
CREATE INDEX IF NOT EXISTS llm_ledger_call_id ON llm_ledger (call_id);
