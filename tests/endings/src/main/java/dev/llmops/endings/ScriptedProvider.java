package dev.llmops.endings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider on a loopback port that speaks OpenAI's chat completions and responses and Anthropic's messages, streamed or
 * not, and ends its answers as a given {@link Ending} says. It works on bare sockets, since no server library would break
 * off an answer in all the ways that are needed.
 */
public final class ScriptedProvider implements AutoCloseable {

    private final Ending.Provider script;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger openExchanges = new AtomicInteger();

    private ScriptedProvider(Ending.Provider script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** Starts a provider that plays its part of an ending. */
    public static ScriptedProvider playing(Ending ending) {
        try {
            ScriptedProvider provider = new ScriptedProvider(ending.provider());
            daemon("scripted-provider", provider::accept);
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the address, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Returns the number of requests so far. */
    public int requests() {
        return requests.get();
    }

    /** Returns the number of requests whose answer has neither ended nor been given up by the client. */
    public int openExchanges() {
        return openExchanges.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                daemon("scripted-provider-connection", () -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            for (HttpRequest request = HttpRequest.read(connection.getInputStream());
                    request != null && !connection.isClosed();
                    request = HttpRequest.read(connection.getInputStream())) {
                openExchanges.incrementAndGet();
                try {
                    new Exchange(script, connection, request, requests.incrementAndGet()).answer();
                } finally {
                    openExchanges.decrementAndGet();
                }
                if (connection.isClosed()) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client left, which some endings demand.
        } finally {
            connections.remove(connection);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
