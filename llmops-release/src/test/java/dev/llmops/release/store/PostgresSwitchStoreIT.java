package dev.llmops.release.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.testing.FakeTicker;
import dev.llmops.cost.testing.PostgresServer;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.arm.Releases;
import dev.llmops.release.arm.SwitchStore;
import dev.llmops.release.arm.VersionSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresSwitchStoreIT extends SwitchStoreContract {

    private static final int FLEET = 20;
    private static PostgresServer postgres;
    private static SwitchStore store;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.start();
        store = JdbcSwitchStore.on(database("postgres"));
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static DataSource database(String name) {
        return PooledConnections.of(() -> postgres.connect(name));
    }

    @Override
    SwitchStore store() {
        return store;
    }

    @Test
    void a_fleet_that_starts_at_once_creates_the_tables_together() throws Exception {
        postgres.create("fresh");
        ExecutorService threads = Executors.newFixedThreadPool(FLEET);
        try {
            List<Callable<SwitchStore>> tasks = new ArrayList<>();
            for (int i = 0; i < FLEET; i++) {
                tasks.add(() -> JdbcSwitchStore.on(database("fresh")));
            }
            for (Future<SwitchStore> store : threads.invokeAll(tasks)) {
                assertThat(store.get().events("none")).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_state_outlives_the_server() throws Exception {
        try (VersionSwitch release = Releases.newSwitch("outlives", store(), new FakeTicker())) {
            release.controls().start(Exposure.of("10%", .1), Releases.ADA, "first");
            postgres.stop();
            postgres.resume();
            assertThat(store.read("outlives")).isEqualTo(release.state());
        }
    }
}
