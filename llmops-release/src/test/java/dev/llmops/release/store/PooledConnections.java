package dev.llmops.release.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/** Keeps connections open between uses, as the pool of a service does. One that the server closed is not handed out. */
final class PooledConnections {

    private static final int VALIDATION_SECONDS = 5;

    private final Opening opening;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    interface Opening {
        Connection open() throws SQLException;
    }

    private PooledConnections(Opening opening) {
        this.opening = opening;
    }

    static DataSource of(Opening opening) {
        PooledConnections pool = new PooledConnections(opening);
        return proxy(DataSource.class, (proxy, method, arguments) -> pool.lend());
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(PooledConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Connection lend() throws SQLException {
        Connection kept = idle.poll();
        while (kept != null && !kept.isValid(VALIDATION_SECONDS)) {
            kept = idle.poll();
        }
        Connection lent = kept == null ? opening.open() : kept;
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                idle.add(lent);
                return null;
            }
            try {
                return method.invoke(lent, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
