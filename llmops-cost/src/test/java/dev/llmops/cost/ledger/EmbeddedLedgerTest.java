package dev.llmops.cost.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;

class EmbeddedLedgerTest {

    @Nested
    class Booking extends BookingContract {
        Booking() {
            super(new Embedded());
        }
    }

    @Nested
    class Correcting extends ReRatingContract {
        Correcting() {
            super(new Embedded());
        }
    }

    @Nested
    class Reporting extends ReportingContract {
        Reporting() {
            super(new Embedded());
        }
    }

    @Nested
    class Tables extends TablesContract {
        Tables() {
            super(new Embedded());
        }
    }

    private static final class Embedded implements LedgerTables {

        private Path directory;

        @Override
        public void createFor(Path directory) {
            this.directory = directory;
        }

        @Override
        public LedgerBuilder ledgerIn(Path directory) {
            return Ledger.at(directory);
        }

        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("ledger"));
        }
    }
}
