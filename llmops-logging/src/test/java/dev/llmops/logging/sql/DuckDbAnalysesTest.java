package dev.llmops.logging.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class DuckDbAnalysesTest extends JdbcAnalyses {

    private Connection duckdb;

    @Override
    @BeforeEach
    void serve() throws Exception {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        super.serve();
    }

    @AfterEach
    void close() throws SQLException {
        duckdb.close();
    }

    @Override
    Connection database() {
        return duckdb;
    }

    @Override
    String dialect() {
        return "duckdb";
    }

    @Override
    String insert() {
        return "INSERT INTO llm_log VALUES (CAST(? AS JSON))";
    }
}
