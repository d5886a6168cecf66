package dev.llmops.cost.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A kind of database, for tests. */
interface LedgerTables {

    /** An empty database for the ledger in a directory. */
    void createFor(Path directory) throws Exception;

    LedgerBuilder ledgerIn(Path directory);

    Connection connect() throws SQLException;
}
