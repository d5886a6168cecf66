package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerHealthTest {

    @TempDir
    Path directory;

    @Test
    void a_ledger_whose_database_is_away_is_healthy_and_says_what_waits() throws Exception {
        FickleDatabase database = new FickleDatabase();
        database.away = true;
        try (Ledger ledger = Ledger.at(directory).dataSource(database).open()) {
            ledger.append(Entries.entry("c1", "1")).get();
            await().until(() -> !ledger.health().databaseWritable());
            assertThat(ledger.health().isHealthy()).isTrue();
            assertThat(ledger.health().reason())
                    .matches("the ledger's database does not take entries \\(\\d+ bytes wait in the journal\\)"
                            + " — bring the database back");
        }
    }

    @Test
    void a_ledger_whose_journal_is_full_is_not_healthy() throws Exception {
        FickleDatabase database = new FickleDatabase();
        database.away = true;
        try (Ledger ledger = Ledger.at(directory)
                .dataSource(database)
                .maxJournalBytes(Ledger.MIN_JOURNAL_BYTES)
                .open()) {
            for (int call = 0; ledger.health().isHealthy(); call++) {
                ledger.append(Entries.entry("c" + call, "1"));
            }
            assertThat(ledger.health().reason()).startsWith("the ledger cannot write its journal (");
        }
    }

    @Test
    void a_closed_ledger_is_not_healthy() throws Exception {
        Ledger ledger = Ledger.at(directory).open();
        ledger.close();
        assertThat(ledger.health().isHealthy()).isFalse();
    }

    @Test
    void the_counts_are_meters_of_the_same_names_on_both_libraries() throws Exception {
        SimpleMeterRegistry micrometer = new SimpleMeterRegistry();
        PrometheusRegistry client = new PrometheusRegistry();
        try (Ledger ledger = Ledger.at(directory).open()) {
            LedgerMeters.bind(ledger, micrometer);
            PrometheusLedgerMeters.bind(ledger, client);
            ledger.append(Entries.entry("c1", "1")).get();
            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
            assertThat(micrometer.get("llm.ledger.drained").functionCounter().count())
                    .isEqualTo(1);
            assertThat(micrometer.get("llm.ledger.healthy").gauge().value()).isEqualTo(1);
        }
        assertThat(client.scrape().stream().map(metric -> metric.getMetadata().getName()))
                .hasSize(micrometer.getMeters().size())
                .contains("llm_ledger_drained", "llm_ledger_healthy", "llm_ledger_journal_bytes");
    }

    @Test
    void its_files_are_for_their_owner_alone() throws Exception {
        Path folder = directory.resolve("ledger");
        try (Ledger ledger = Ledger.at(folder).open()) {
            ledger.append(Entries.entry("c1", "1")).get();
            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
            assertThat(permissions(folder)).isEqualTo("rwx------");
            assertThat(permissions(folder.resolve("journal"))).isEqualTo("rwx------");
            assertThat(permissions(folder.resolve("ledger.mv.db"))).isEqualTo("rw-------");
            assertThat(permissions(folder.resolve("journal/0000000000000001.journal")))
                    .isEqualTo("rw-------");
        }
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
