package dev.llmops.cost.ledger.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DialectTest {

    @Test
    void a_release_that_forgets_committed_rows_has_a_fault() {
        assertThat(Dialect.H2.fault("2.5.252 (2026-09-23)"))
                .isEqualTo("H2 2.5.252 may forget committed entries when the process is killed — use 2.4.240");
    }

    @Test
    void other_releases_and_databases_have_none() {
        assertThat(Dialect.H2.fault("2.4.240 (2025-09-22)")).isNull();
        assertThat(Dialect.POSTGRESQL.fault("2.5.252")).isNull();
    }
}
