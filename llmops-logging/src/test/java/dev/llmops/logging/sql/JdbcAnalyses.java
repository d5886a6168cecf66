package dev.llmops.logging.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The published tables and queries on a database that is reached by JDBC. */
abstract class JdbcAnalyses extends StandardAnalyses {

    /** A database without tables. */
    abstract Connection database();

    abstract String insert();

    @Override
    void execute(String sql) throws SQLException {
        try (Statement statement = database().createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    void insert(List<String> lines) throws SQLException {
        try (PreparedStatement insert = database().prepareStatement(insert())) {
            for (String line : lines) {
                insert.setString(1, line);
                insert.executeUpdate();
            }
        }
    }

    @Override
    List<List<String>> rows(String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = database().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(shown(result.getObject(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
