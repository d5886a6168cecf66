package dev.llmops.logging.sql;

import dev.llmops.cost.testing.PostgresServer;
import java.sql.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresAnalysesIT extends JdbcAnalyses {

    private static PostgresServer server;
    private static int databases;

    private Connection postgres;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Override
    @BeforeEach
    void serve() throws Exception {
        String database = "log" + databases++;
        server.create(database);
        postgres = server.connect(database);
        super.serve();
    }

    @AfterEach
    void close() throws Exception {
        postgres.close();
    }

    @Override
    Connection database() {
        return postgres;
    }

    @Override
    String dialect() {
        return "postgresql";
    }

    @Override
    String insert() {
        return "INSERT INTO llm_log (entry) VALUES (?::jsonb) ON CONFLICT DO NOTHING";
    }
}
