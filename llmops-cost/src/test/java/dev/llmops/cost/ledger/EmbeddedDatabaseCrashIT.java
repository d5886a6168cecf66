package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.jdbc.LedgerDatabase;
import dev.llmops.cost.ledger.query.LedgerTotal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the ledger relies on when it deletes a part of its journal. There are releases of H2 that forget committed rows
 * after a crash once they reuse space of the file, which they do after 45 seconds, and here after a tenth of one.
 */
class EmbeddedDatabaseCrashIT {

    private static final int CHECKPOINTS = Integer.getInteger("llmops.kill.rounds", 5);
    private static final int BATCHES = 3;
    private static final int MOST_ROWS = 400;

    private final Random random = new Random(1);

    @TempDir
    Path directory;

    @Test
    void the_database_file_holds_every_row_of_each_checkpoint_whenever_the_process_ends() throws Exception {
        List<Long> found = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        long rows = 0;
        try (LedgerDatabase database = at(directory.resolve("ledger"), ";RETENTION_TIME=100")) {
            for (int checkpoint = 0; checkpoint < CHECKPOINTS; checkpoint++) {
                for (int i = 0; i < BATCHES; i++) {
                    List<LedgerEntry> batch = batch();
                    database.insert(batch);
                    rows += batch.size();
                }
                database.checkpoint();
                found.add(rowsAfterACrash());
                expected.add(rows);
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    /** Ids at random, so that pages all over the file are written anew. */
    private List<LedgerEntry> batch() {
        return Stream.generate(() -> Entries.entry(Long.toHexString(random.nextLong()), "1"))
                .limit(1 + random.nextInt(MOST_ROWS))
                .toList();
    }

    /** A process that is killed leaves the file behind as it is. */
    private long rowsAfterACrash() throws Exception {
        Files.copy(
                directory.resolve("ledger.mv.db"),
                directory.resolve("crashed.mv.db"),
                StandardCopyOption.REPLACE_EXISTING);
        try (LedgerDatabase crashed = at(directory.resolve("crashed"), "")) {
            return crashed.totals(Entries.DAY.build()).stream()
                    .mapToLong(LedgerTotal::calls)
                    .sum();
        }
    }

    private static LedgerDatabase at(Path file, String options) throws SQLException {
        return new LedgerDatabase(() -> DriverManager.getConnection("jdbc:h2:file:" + file + options));
    }
}
