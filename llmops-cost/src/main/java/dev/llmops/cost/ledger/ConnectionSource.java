package dev.llmops.cost.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection to the ledger's database. */
@FunctionalInterface
interface ConnectionSource {

    Connection open() throws SQLException;
}
