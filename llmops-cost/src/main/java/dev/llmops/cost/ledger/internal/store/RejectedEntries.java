package dev.llmops.cost.ledger.internal.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entries that the database refuses for what they hold: one JSON object a line, for a person to look at. */
public final class RejectedEntries {

    private static final Logger LOG = LoggerFactory.getLogger(RejectedEntries.class);

    private static final int REMEMBERED = 10_000;

    private final Path file;
    private final Set<UUID> kept = new HashSet<>();

    public RejectedEntries(Path file) {
        this.file = file;
    }

    /** Returns true if a statement failed for its data (SQLSTATE class 22) or a constraint (23) and must not be repeated. */
    public static boolean isForItsContent(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** Keeps an entry; returns false if this run has kept it before, since the journal may be read more than once. */
    public boolean keep(byte[] json, Exception reason) throws IOException {
        if (kept.contains(digest(json))) {
            return false;
        }
        try (OutputStream out = Channels.newOutputStream(PrivateFiles.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND))) {
            out.write(json);
            out.write('\n');
        }
        if (kept.size() < REMEMBERED) {
            kept.add(digest(json));
        }
        LOG.error("an entry is not for the database and is kept in {}: {}", file, kind(reason));
        return true;
    }

    private static UUID digest(byte[] json) {
        return UUID.nameUUIDFromBytes(json);
    }

    /** Without the message, which may hold the entry. */
    public static String kind(Exception reason) {
        return reason instanceof SQLException sql
                ? "SQLSTATE " + sql.getSQLState()
                : reason.getClass().getName();
    }
}
