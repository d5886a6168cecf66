package dev.llmops.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.testing.FakeTicker;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.arm.Releases;
import dev.llmops.release.arm.SwitchControls;
import dev.llmops.release.arm.SwitchStore;
import dev.llmops.release.arm.SwitchStoreException;
import dev.llmops.release.arm.VersionSwitch;
import java.sql.Connection;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class JdbcSwitchStoreTest extends SwitchStoreContract {

    private static JdbcDataSource database(String url) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(url);
        return database;
    }

    @Override
    SwitchStore store() {
        return JdbcSwitchStore.on(database("jdbc:h2:mem:" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1"));
    }

    @Test
    void the_events_of_all_releases_can_be_read_at_once() throws Exception {
        JdbcDataSource database = database("jdbc:h2:mem:events;DB_CLOSE_DELAY=-1");
        try (VersionSwitch second = Releases.newSwitch("b", JdbcSwitchStore.on(database), new FakeTicker());
                VersionSwitch first = Releases.newSwitch("a", JdbcSwitchStore.on(database), new FakeTicker());
                Connection connection = database.getConnection()) {
            second.controls().start(Exposure.of("10%", .1), Releases.ADA, "try");
            first.controls().start(Exposure.of("10%", .1), Releases.ADA, "try");
            first.controls().rollBack(SwitchControls.ANY_REVISION, Releases.ALERT, "slow");

            assertThat(JdbcSwitchStore.events(connection))
                    .extracting(event -> event.changeId() + " " + event.action())
                    .containsExactly("a START", "a ROLL_BACK", "b START");
        }
    }

    @Test
    void a_database_that_is_away_is_named_with_what_was_tried() {
        assertThatThrownBy(() -> JdbcSwitchStore.on(database("jdbc:h2:tcp://127.0.0.1:1/none")))
                .isInstanceOf(SwitchStoreException.class)
                .hasMessageStartingWith("the database could not create its tables: ");
    }
}
