package dev.llmops.cost.ledger;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A real database in memory that can be away, fail commits, or claim to be another product. */
final class FickleDatabase implements DataSource {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    volatile boolean away;
    volatile int failCommits;
    volatile String product;
    private volatile int life;

    @Override
    public Connection getConnection() throws SQLException {
        requireHere();
        Connection connection = DriverManager.getConnection(url);
        int openedIn = life;
        return proxy(Connection.class, (method, arguments) -> {
            requireHere();
            if (openedIn != life && !method.getName().equals("close")) {
                throw new SQLException("the server failed over", "08006");
            }
            if (method.getName().equals("commit") && failCommits > 0) {
                failCommits--;
                throw new SQLException("the commit failed", "08006");
            }
            Object answer = method.invoke(connection, arguments);
            return product != null && answer instanceof DatabaseMetaData ? named() : answer;
        });
    }

    /** Goes on as a copy that has none of the entries, and breaks every connection. */
    void failOverToAnEmptyCopy() throws SQLException {
        life++;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM llm_ledger");
        }
    }

    private DatabaseMetaData named() {
        return proxy(DatabaseMetaData.class, (method, arguments) -> product);
    }

    private void requireHere() throws SQLException {
        if (away) {
            throw new SQLException("the database is away", "08001");
        }
    }

    private interface Behaviour {
        Object invoke(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(
                FickleDatabase.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return behaviour.invoke(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
