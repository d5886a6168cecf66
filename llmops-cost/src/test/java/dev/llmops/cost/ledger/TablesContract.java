package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Tables are made and brought up to date, and may refuse. */
abstract class TablesContract extends LedgerContract {

    TablesContract(LedgerTables tables) {
        super(tables);
    }

    @Test
    void tables_of_the_first_version_are_brought_up_to_date() throws Exception {
        append(Entries.entry("c1", "1"));
        ledger.close();
        execute(
                "DROP INDEX llm_ledger_started_at",
                "DROP INDEX llm_ledger_call_id",
                "ALTER TABLE llm_ledger DROP COLUMN attributes",
                "ALTER TABLE llm_ledger DROP COLUMN request_id",
                "ALTER TABLE llm_ledger DROP COLUMN trace_id",
                "DELETE FROM llm_ledger_schema WHERE version > 1");

        ledger = tables.ledgerIn(directory).open();
        append(Entries.entry("c2", "1"));

        assertThat(total().calls()).isEqualTo(2);
        execute("DROP INDEX llm_ledger_started_at", "DROP INDEX llm_ledger_call_id");
    }

    @Test
    void rows_of_the_third_version_are_read_beside_new_ones_with_request_and_trace() throws Exception {
        append(Entries.entry("old", "1"));
        ledger.close();
        execute(
                "ALTER TABLE llm_ledger DROP COLUMN request_id",
                "ALTER TABLE llm_ledger DROP COLUMN trace_id",
                "DELETE FROM llm_ledger_schema WHERE version > 3");

        ledger = tables.ledgerIn(directory).open();
        append(Entries.call("young", "1").requestId("r1").traceId("t1").build());

        assertThat(entries())
                .extracting(entry -> entry.callId() + " " + entry.requestId() + " " + entry.traceId())
                .containsExactly("old null null", "young r1 t1");
    }

    @Test
    void tables_of_a_newer_version_are_left_alone() throws Exception {
        append(Entries.entry("c1", "1"));
        ledger.close();
        execute("INSERT INTO llm_ledger_schema (version) VALUES (99)");

        ledger = tables.ledgerIn(directory).open();

        assertThatThrownBy(this::entries)
                .isInstanceOf(SQLException.class)
                .hasMessage("the ledger's tables are at version 99, which is newer than version 4 of this library —"
                        + " update llmops-cost");
    }

    @Test
    void an_entry_that_the_database_refuses_holds_nothing_up_and_is_kept_for_a_look() throws Exception {
        append(Entries.entry("c0", "1"));
        execute("ALTER TABLE llm_ledger ADD CONSTRAINT small CHECK (amount < 100)");
        ledger.append(Entries.entry("c1", "1"));
        ledger.append(Entries.entry("bad", "1000"));
        ledger.append(Entries.entry("c2", "1"));
        flush();

        assertThat(total().calls()).isEqualTo(3);
        assertThat(ledger.stats().rejected()).isEqualTo(1);
        assertThat(directory.resolve("rejected.jsonl")).content().contains("\"entry_id\":\"bad\"");
    }

    private void execute(String... commands) throws SQLException {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}
