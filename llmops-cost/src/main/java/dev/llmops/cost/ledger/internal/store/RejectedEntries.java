package dev.llmops.cost.ledger.internal.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entries that the database refuses for what they hold: one JSON object a line, for a person to look at. */
public final class RejectedEntries {

    private static final Logger LOG = LoggerFactory.getLogger(RejectedEntries.class);

    private final Path file;

    public RejectedEntries(Path file) {
        this.file = file;
    }

    /** Returns true if a statement failed for its data (SQLSTATE class 22) or a constraint (23) and must not be repeated. */
    public static boolean isForItsContent(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    public void keep(byte[] json, Exception reason) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(json);
            out.write('\n');
        }
        LOG.error("an entry is not for the database and is kept in {}: {}", file, kind(reason));
    }

    /** Without the message, which may hold the entry. */
    public static String kind(Exception reason) {
        return reason instanceof SQLException sql
                ? "SQLSTATE " + sql.getSQLState()
                : reason.getClass().getName();
    }
}
