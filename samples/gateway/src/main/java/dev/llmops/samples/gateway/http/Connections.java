package dev.llmops.samples.gateway.http;

import io.netty.channel.ChannelFuture;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of one event loop. Those that have no request under way, and send none in time, are closed; so are those
 * that do not read their last answer. Above a limit for all loops together, new ones are closed at once.
 */
final class Connections {

    /** The time for the next request with all its headers, and for reading an answer to its end. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AttributeKey<Boolean> ENDING = AttributeKey.valueOf(Connections.class, "ending");

    private final AtomicInteger openInAll;
    private final int limit;
    private final Map<HttpConnection, State> open = new HashMap<>();

    /** The requests under way of a connection, and since when there are none. */
    private static final class State {
        private int requests;
        private long idleSinceNanos = System.nanoTime();
    }

    Connections(AtomicInteger openInAll, int limit) {
        this.openInAll = openInAll;
        this.limit = limit;
    }

    void opened(HttpConnection connection) {
        if (openInAll.incrementAndGet() > limit) {
            openInAll.decrementAndGet();
            connection.close();
            return;
        }
        open.put(connection, new State());
        connection.closeHandler(closed -> {
            if (open.remove(connection) != null) {
                openInAll.decrementAndGet();
            }
        });
    }

    void requested(HttpServerRequest request) {
        State state = open.get(request.connection());
        if (state != null) {
            state.requests++;
            request.response().endHandler(ended -> {
                state.requests--;
                state.idleSinceNanos = System.nanoTime();
            });
        }
    }

    void closeIdle(Duration patience) {
        long now = System.nanoTime();
        List<HttpConnection> idle = open.entrySet().stream()
                .filter(each ->
                        each.getValue().requests == 0 && now - each.getValue().idleSinceNanos > patience.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        idle.forEach(Connections::cut);
    }

    /** Marks a connection that takes no request any more, because an answer to the last one ends it. */
    static void end(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            server.channelHandlerContext().channel().attr(ENDING).set(true);
        }
    }

    static boolean isEnding(HttpConnection connection) {
        return connection instanceof HttpServerConnection server
                && server.channelHandlerContext().channel().hasAttr(ENDING);
    }

    /** Closes a connection at once. A close by Vert.x waits for what is not written yet, and so for the client to read it. */
    static void cut(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            ChannelFuture unused = server.channelHandlerContext().close(); // fails only where the client has left
        } else {
            connection.close();
        }
    }
}
