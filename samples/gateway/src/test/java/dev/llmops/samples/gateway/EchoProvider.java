package dev.llmops.samples.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A provider that says the prompt back: in its answer, or in an error where the model is called {@code broken}. */
final class EchoProvider implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
    private final List<MultiMap> headers = new CopyOnWriteArrayList<>();

    EchoProvider() {
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** The headers of all requests so far. */
    List<MultiMap> headers() {
        return headers;
    }

    private void answer(HttpServerRequest asked) {
        headers.add(asked.headers());
        asked.body().onSuccess(body -> {
            JsonNode request = JsonMapper.shared().readTree(body.getBytes());
            String prompt = request.path("messages").get(0).path("content").asString();
            if (request.path("model").asString().equals("broken")) {
                asked.response().setStatusCode(400).end(error(prompt));
            } else {
                asked.response().end(stream(prompt, request.path("model")));
            }
        });
    }

    private static String error(String prompt) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.putObject("error").put("message", "cannot answer: " + prompt).put("code", prompt);
        return body.toString();
    }

    private static String stream(String prompt, JsonNode model) {
        ObjectNode chunk = JsonMapper.shared().createObjectNode();
        chunk.set("model", model);
        ObjectNode choice = chunk.putArray("choices").addObject().put("finish_reason", "stop");
        choice.putObject("delta").put("content", prompt);
        return "data: " + chunk + "\n\ndata: [DONE]\n\n";
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
