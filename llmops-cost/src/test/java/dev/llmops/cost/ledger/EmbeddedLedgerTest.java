package dev.llmops.cost.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

class EmbeddedLedgerTest extends LedgerContract {

    @Override
    void createDatabase() {
        // The directory is new.
    }

    @Override
    Ledger.Builder ledgerIn(Path directory) {
        return Ledger.at(directory);
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("ledger"));
    }
}
