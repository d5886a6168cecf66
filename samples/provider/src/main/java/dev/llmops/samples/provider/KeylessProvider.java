package dev.llmops.samples.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAI-compatible server in this process, for chat completions and embeddings. An answer is the sentence of the prompt's
 * system messages that is closest to the question; a question that names a tool asks for it first. A token is a word.
 */
public final class KeylessProvider implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(KeylessProvider::daemon);
    private final Duration pace;

    private KeylessProvider(Duration pace) throws IOException {
        this.pace = pace;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", exchange -> answer(exchange, this::chat));
        server.createContext("/v1/embeddings", exchange -> answer(exchange, KeylessProvider::embed));
        server.start();
    }

    /** Answers one request. */
    private interface Endpoint {
        void answer(JsonNode request, HttpExchange exchange) throws IOException;
    }

    /**
     * Starts a server on a free port of the loopback address.
     *
     * @param pace the time between two tokens
     * @return the server
     * @throws UncheckedIOException if no port can be opened
     */
    public static KeylessProvider start(Duration pace) {
        try {
            return new KeylessProvider(pace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the base of the server's paths, as clients of OpenAI take it.
     *
     * @return an address that ends with {@code /v1}
     */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "keyless-provider");
        thread.setDaemon(true);
        return thread;
    }

    private static void answer(HttpExchange exchange, Endpoint endpoint) throws IOException {
        try (exchange) {
            try {
                endpoint.answer(JsonMapper.shared().readTree(exchange.getRequestBody()), exchange);
            } catch (JacksonException e) {
                send(exchange, 400, error("the body is no JSON: " + e.getOriginalMessage()));
            }
        }
    }

    private static ObjectNode error(String message) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.putObject("error").put("type", "invalid_request_error").put("message", message);
        return body;
    }

    private void chat(JsonNode request, HttpExchange exchange) throws IOException {
        Completion completion = Completion.of(request);
        if (!request.path("stream").asBoolean(false)) {
            send(exchange, 200, completion.whole());
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        completion.streamTo(exchange.getResponseBody(), pace);
    }

    private static void embed(JsonNode request, HttpExchange exchange) throws IOException {
        send(exchange, 200, Embeddings.of(request));
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
