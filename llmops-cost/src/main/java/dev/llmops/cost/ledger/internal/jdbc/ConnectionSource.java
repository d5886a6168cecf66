package dev.llmops.cost.ledger.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection to the ledger's database. */
@FunctionalInterface
public interface ConnectionSource {

    Connection open() throws SQLException;
}
