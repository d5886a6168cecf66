package dev.llmops.release.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.release.arm.SwitchStore;
import dev.llmops.release.arm.SwitchStoreException;
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
    void a_database_that_is_away_is_named_with_what_was_tried() {
        assertThatThrownBy(() -> JdbcSwitchStore.on(database("jdbc:h2:tcp://127.0.0.1:1/none")))
                .isInstanceOf(SwitchStoreException.class)
                .hasMessageStartingWith("the database could not create its tables: ");
    }
}
